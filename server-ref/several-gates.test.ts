import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createClient } from "@redis/client";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { CIMSessionType, commands } from "../codegen/index.ts";
import { type ServerOptions, StoreError } from "./index.ts";
import { openStore } from "./store/open.ts";
import { ChildServer } from "./testing/child-server.ts";
import { CuttingProxy } from "./testing/cutting-proxy.ts";
import { missingDatabases, type RunningDatabase, startPostgres, startRedis } from "./testing/databases.ts";
import { RandomChat, USERS } from "./testing/random-chat.ts";
import { TestClient } from "./testing/test-client.ts";
import { startTestServer, type TestServer, temporaryFolder } from "./testing/test-server.ts";

const missing = missingDatabases();
if (missing) console.log(`skipped: servers that share PostgreSQL and Redis (${missing})`);

type TestUser = Awaited<ReturnType<TestServer["user"]>>;

function message(from: bigint, to: bigint, session_type: 1 | 2 = 1) {
  return {
    from_user_id: from,
    to_session_id: to,
    client_msg_id: randomUUID(),
    msg_type: 1 as const,
    session_type,
    msg_data: new Uint8Array([0, 255, 39, 92]),
  };
}

function redisAt(url: string) {
  return createClient({ url });
}

async function askRedis<Result>(
  address: string,
  ask: (client: ReturnType<typeof redisAt>) => Promise<Result>,
): Promise<Result> {
  const client = redisAt(address);
  await client.connect();
  try {
    return await ask(client);
  } finally {
    client.destroy();
  }
}

/** On how many gates a user is online, as Redis has it. */
function presenceOf(address: string, userId: bigint): Promise<number> {
  return askRedis(address, (client) => client.sCard(`cupping:online:${userId}`));
}

/** Lets Redis look as if it had been there for long: a new one has all pushes sent to all gates for a while. */
async function settleRedis(address: string): Promise<void> {
  await askRedis(address, async (client) => {
    await client.flushDb();
    await client.set("cupping:since", "1");
  });
}

/** How many pushes Redis has for all gates, and for those on which a user is. */
function pushesIn(address: string, userId: bigint): Promise<{ all: number; own: number[] }> {
  return askRedis(address, async (client) => {
    const gates = await client.sMembers(`cupping:online:${userId}`);
    const own = await Promise.all(gates.map((gate) => client.xLen(`cupping:pushes:${gate}`)));
    return { all: await client.xLen("cupping:pushes"), own };
  });
}

describe.skipIf(missing)("servers that share PostgreSQL and Redis", () => {
  let postgres: RunningDatabase;
  let redis: RunningDatabase;
  let options: Pick<ServerOptions, "store" | "bus">;
  let databases = 0;

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  }, 60_000);

  afterAll(async () => {
    await Promise.all([postgres?.stop(), redis?.stop()]);
  });

  /** Each test has a database of its own. */
  beforeEach(async () => {
    const name = `test${++databases}`;
    const admin = new Client({ connectionString: postgres.address });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    await admin.end();
    options = { store: postgres.address.replace(/postgres$/, name), bus: `${redis.address}/${databases % 16}` };
  });

  const start = (): Promise<TestServer> => startTestServer(options);

  /** Messages that a client was pushed, by their ids. */
  const pushedTo = ({ client }: Pick<TestUser, "client">): string[] =>
    client.inbox
      .filter(({ command_id }) => command_id === commands.MSG_DATA.id)
      .map(({ message: each }) => each.client_msg_id);

  /** Two servers that start at the same moment on an empty database, with a user each. */
  async function twoGates(): Promise<{ here: TestServer; there: TestServer; alice: TestUser; bob: TestUser }> {
    const [here, there] = await Promise.all([start(), start()]);
    return { here, there, alice: await here.user("Alice"), bob: await there.user("Bob") };
  }

  test("a message reaches the devices of both users on every server, and is counted and kept once", async () => {
    const { here, there, alice, bob } = await twoGates();
    const aliceThere = await there.login(alice.name);
    const bobHere = await here.login(bob.name);
    const sent = message(alice.self, bob.self);
    const ack = await alice.client.request(commands.MSG_DATA, sent);
    expect(ack).toMatchObject({ res_code: 1, server_msg_id: 1n });
    for (const { client } of [bob, bobHere, aliceThere]) {
      expect(await client.next(commands.MSG_DATA)).toMatchObject({
        ...sent,
        server_msg_id: 1n,
        from_nick_name: "Alice",
      });
    }
    expect(await aliceThere.client.request(commands.MSG_DATA, sent)).toEqual(ack);
    const list = await bob.client.request(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: bob.self });
    // Two robots have greeted.
    expect(list.unread_counts).toBe(3);
    bobHere.client.send(commands.MSG_READ_ACK, { user_id: bob.self, session_id: alice.self, session_type: 1 });
    for (const { client } of [alice, aliceThere, bob]) await client.next(commands.MSG_READ_NOTIFY);
    const after = await bob.client.request(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: bob.self });
    expect(after.unread_counts).toBe(2);
  });

  test("concurrent senders on both servers get distinct ids without a gap, and repeats the first one", async () => {
    const { alice, bob } = await twoGates();
    const sent = Array.from({ length: 200 }, (_, index) =>
      index % 2 === 0 ? message(alice.self, bob.self) : message(bob.self, alice.self),
    );
    const send = (each: (typeof sent)[number]) =>
      (each.from_user_id === alice.self ? alice : bob).client.request(commands.MSG_DATA, each);
    const ids = (await Promise.all(sent.map(send))).map((ack): bigint => ack.server_msg_id);
    expect(ids.toSorted((a, b) => Number(a - b))).toEqual(Array.from({ length: 200 }, (_, index) => BigInt(index + 1)));
    const again = (await Promise.all(sent.map(send))).map((ack): bigint => ack.server_msg_id);
    expect(again).toEqual(ids);
    const fromAlice = ids.filter((_, index) => index % 2 === 0);
    expect(fromAlice).toEqual(fromAlice.toSorted((a, b) => Number(a - b)));
  });

  test("a group works over both servers: members, order, unread counts, a kick", async () => {
    const { alice, bob } = await twoGates();
    const creation = { user_id: alice.self, group_name: "team", member_id_list: [bob.self] };
    const { group_info } = await alice.client.request(commands.GROUP_CREATE_DEFAULT_REQ, creation);
    const { group_id } = group_info;
    expect((await bob.client.next(commands.MSG_DATA)).msg_type).toBe(9);
    await bob.client.request(commands.MSG_DATA, message(bob.self, group_id, 2));
    await alice.client.take(({ message: each }) => each.from_user_id === bob.self);
    const list = await alice.client.request(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: alice.self });
    const session = list.contact_session_list.find(
      (each: { session_type: number }) => each.session_type === CIMSessionType.kCIM_SESSION_TYPE_GROUP,
    );
    expect(session).toMatchObject({ session_id: group_id, unread_cnt: 1, server_msg_id: 2n });

    const act = { user_id: alice.self, group_id, member_id_list: [bob.self] };
    const kicked = await alice.client.request(commands.GROUP_KICK_OUT_MEMBER_REQ, act);
    expect(kicked.result_code).toBe(200);
    expect((await bob.client.request(commands.MSG_DATA, message(bob.self, group_id, 2))).res_code).toBe(0);
    const page = { user_id: bob.self, session_type: 2 as const, session_id: group_id, limit_count: 10 };
    expect((await bob.client.request(commands.LIST_MSG_REQ, page)).msg_list).toEqual([]);
    expect((await alice.client.request(commands.GROUP_INVITE_MEMBER_REQ, act)).result_code).toBe(200);
    const visible = (await bob.client.request(commands.LIST_MSG_REQ, page)).msg_list;
    expect(visible.map(({ server_msg_id }: { server_msg_id: bigint }) => server_msg_id)).toEqual([4n]);
  });

  test("a call goes between servers, and a second one finds the user busy", async () => {
    const { alice, bob } = await twoGates();
    const invitation = { creator_user_id: alice.self, invite_user_list: [bob.self], invite_type: 1 as const };
    const trying = await alice.client.request(commands.VOIP_INVITE_REQ, invitation);
    const { channel_info } = await bob.client.next(commands.VOIP_INVITE_REQ);
    expect(channel_info).toEqual(trying.channel_info);
    const answer = { user_id: bob.self, rsp_code: 200 as const, channel_info };
    await bob.client.request(commands.VOIP_INVITE_REPLY, answer);
    await alice.client.next(commands.VOIP_INVITE_REPLY);
    const bye = { user_id: bob.self, channel_info, bye_reason: 3 as const, local_call_time_len: 5n };
    expect((await bob.client.request(commands.VOIP_BYE_REQ, bye)).error_code).toBe(200);
    expect(await alice.client.next(commands.VOIP_BYE_NOTIFY)).toMatchObject({ user_id: bob.self, byeReason: 3 });
    expect((await alice.client.next(commands.MSG_DATA)).msg_type).toBe(10);
  });

  test("killing one server loses no acknowledged message and leaves the other at work", async () => {
    const there = await start();
    const [alice, bob] = [await there.user("Alice"), await there.user("Bob")];
    const child = new ChildServer();
    onTestFinished(() => child.kill());
    const port = await child.serve({ ...options, passwordCost: 1 });
    const client = await TestClient.connect(port);
    const login = { user_name: alice.name, user_pwd: "e10adc3949ba59abbe56e057f20f883e" };
    await client.request(commands.LOGIN_AUTH_REQ, login);
    const acknowledged = new Set<string>();
    const lane = async (): Promise<void> => {
      for (;;) {
        const sent = message(alice.self, bob.self);
        const ack = await client.request(commands.MSG_DATA, sent).catch(() => undefined);
        if (!ack) return;
        acknowledged.add(sent.client_msg_id);
        if (acknowledged.size === 300) void child.kill();
      }
    };
    await Promise.all(Array.from({ length: 10 }, lane));
    const stored = new Map<string, number>();
    for (let end_msg_id = 0n; ; ) {
      const request = {
        user_id: bob.self,
        session_type: 1 as const,
        session_id: alice.self,
        end_msg_id,
        limit_count: 100,
      };
      const { msg_list } = await bob.client.request(commands.LIST_MSG_REQ, request);
      for (const { client_msg_id } of msg_list) stored.set(client_msg_id, (stored.get(client_msg_id) ?? 0) + 1);
      if (msg_list.length < 100) break;
      end_msg_id = msg_list[0].server_msg_id;
    }
    for (const id of acknowledged) expect(stored.get(id)).toBe(1);
    expect((await alice.client.request(commands.MSG_DATA, message(alice.self, bob.self))).res_code).toBe(1);
  });

  test.each(["ringing", "answered"] as const)(
    "a call that is %s ends in time, and once, although the gate that began it was killed (VOIP-13)",
    async (state) => {
      const limits = { callAnswerTimeoutMs: 2000, callHeartbeatTimeoutMs: 2000 };
      const there = await startTestServer({ ...options, ...limits });
      const [alice, bob] = [await there.user("Alice"), await there.user("Bob")];
      const child = new ChildServer();
      onTestFinished(() => child.kill());
      const port = await child.serve({ ...options, ...limits, passwordCost: 1 });
      const [caller, called] = [await TestClient.connect(port), await TestClient.connect(port)];
      const user_pwd = "e10adc3949ba59abbe56e057f20f883e";
      await caller.request(commands.LOGIN_AUTH_REQ, { user_name: alice.name, user_pwd });
      await called.request(commands.LOGIN_AUTH_REQ, { user_name: bob.name, user_pwd });
      const invitation = { creator_user_id: alice.self, invite_user_list: [bob.self], invite_type: 1 as const };
      const begun = performance.now();
      const { channel_info } = await caller.request(commands.VOIP_INVITE_REQ, invitation);
      if (state === "answered") {
        const answer = { user_id: bob.self, rsp_code: 200 as const, channel_info };
        await called.request(commands.VOIP_INVITE_REPLY, answer);
        // The device that did not answer stops ringing.
        await bob.client.next(commands.VOIP_BYE_NOTIFY);
      }
      await child.kill();
      for (const { client } of [alice, bob]) {
        const { channel_info: ended, user_id } = await client.next(commands.VOIP_BYE_NOTIFY);
        expect([ended.channel_name, user_id]).toEqual([channel_info.channel_name, 0n]);
      }
      // Timers never fire early.
      expect(performance.now() - begun).toBeGreaterThanOrEqual(2000);
      // Both are free again, and the first call is not ended twice.
      const next = await alice.client.request(commands.VOIP_INVITE_REQ, invitation);
      expect((await alice.client.next(commands.VOIP_BYE_NOTIFY)).channel_info).toEqual(next.channel_info);
    },
    20_000,
  );

  test("a Redis that was killed and comes back empty is told who is online, and who is not", async () => {
    let own = await startRedis();
    onTestFinished(() => own.stop());
    options = { ...options, bus: own.address };
    const { here, there, alice, bob } = await twoGates();
    // Bob is online on one gate only; who is lost there must not end the call of who stays elsewhere (VOIP-14).
    const bobHere = await here.login(bob.name);
    await own.stop("SIGKILL");
    own = await startRedis(own);
    await expect.poll(() => presenceOf(own.address, bob.self), { timeout: 10_000 }).toBe(2);
    const invitation = { creator_user_id: alice.self, invite_user_list: [bob.self], invite_type: 1 as const };
    const { channel_info } = await alice.client.request(commands.VOIP_INVITE_REQ, invitation);
    await bob.client.next(commands.VOIP_INVITE_REQ);
    await bobHere.client.close();
    await expect.poll(() => presenceOf(own.address, bob.self), { timeout: 10_000 }).toBe(1);
    await bob.client.request(commands.VOIP_INVITE_REPLY, { user_id: bob.self, rsp_code: 200, channel_info });
    expect((await alice.client.next(commands.VOIP_INVITE_REPLY)).rsp_code).toBe(200);
    expect(alice.client.inbox.filter(({ command_id }) => command_id === commands.VOIP_BYE_NOTIFY.id)).toEqual([]);
    // The last one ends it.
    await bob.client.close();
    expect((await alice.client.next(commands.VOIP_BYE_NOTIFY)).user_id).toBe(bob.self);
    await there.login(bob.name);
  }, 30_000);

  test("no push between servers is lost or doubled or out of order while their connections to Redis break", async () => {
    const links = [await CuttingProxy.open(options.bus as string), await CuttingProxy.open(options.bus as string)];
    for (const link of links) onTestFinished(() => link.close());
    const [here, there] = await Promise.all(links.map((link) => startTestServer({ ...options, bus: link.address })));
    const [alice, bob] = [await (here as TestServer).user("Alice"), await (there as TestServer).user("Bob")];
    const sent: string[] = [];
    for (let round = 0; round < 10; round++) {
      const batch = Array.from({ length: 50 }, () => message(alice.self, bob.self));
      const acks = batch.map((each) => alice.client.request(commands.MSG_DATA, each));
      links[round % 2]?.cutAll();
      for (const ack of await Promise.all(acks)) expect(ack.res_code).toBe(1);
      sent.push(...batch.map(({ client_msg_id }) => client_msg_id));
    }
    await expect.poll(() => pushedTo(bob).length, { timeout: 15_000 }).toBe(sent.length);
    expect(pushedTo(bob)).toEqual(sent);
  }, 30_000);

  test.each(["SIGKILL", "SIGTERM"] as const)(
    "no push is lost or doubled when Redis (%s) is restarted before the other gate has it, and nobody new gets it",
    async (signal) => {
      const own = await startRedis();
      onTestFinished(() => own.stop());
      const link = await CuttingProxy.open(own.address);
      onTestFinished(() => link.close());
      options = { ...options, bus: own.address };
      const [here, there] = [await start(), await startTestServer({ ...options, bus: link.address })];
      const [alice, bob] = [await here.user("Alice"), await there.user("Bob")];
      const send = async (): Promise<string> => {
        const each = message(alice.self, bob.self);
        expect((await alice.client.request(commands.MSG_DATA, each)).res_code).toBe(1);
        return each.client_msg_id;
      };
      const taken = [await send(), await send()];
      await expect.poll(() => pushedTo(bob), { timeout: 5_000 }).toEqual(taken);
      link.accepts = false;
      link.cutAll();
      const waiting = [await send(), await send()];
      await own.restart(signal);
      const late = await start();
      const device = await late.login(bob.name);
      link.accepts = true;
      await expect.poll(() => pushedTo(bob).length, { timeout: 10_000 }).toBeGreaterThan(3);
      const last = await send();
      await expect.poll(() => pushedTo(bob), { timeout: 10_000 }).toEqual([...taken, ...waiting, last]);
      await expect.poll(() => pushedTo(device), { timeout: 5_000 }).toEqual([last]);
    },
    30_000,
  );

  test("a gate that dies before the other gates have a push has acknowledged nothing", async () => {
    const link = await CuttingProxy.open(options.bus as string);
    onTestFinished(() => link.close());
    const child = new ChildServer();
    onTestFinished(() => child.kill());
    const there = await start();
    const [name, bob] = [await there.register("Alice"), await there.user("Bob")];
    const client = await TestClient.connect(await child.serve({ ...options, bus: link.address, passwordCost: 1 }));
    const login = { user_name: name, user_pwd: "e10adc3949ba59abbe56e057f20f883e" };
    const { user_info } = await client.request(commands.LOGIN_AUTH_REQ, login);
    const first = message(user_info.user_id, bob.self);
    expect((await client.request(commands.MSG_DATA, first)).res_code).toBe(1);
    expect((await bob.client.next(commands.MSG_DATA)).client_msg_id).toBe(first.client_msg_id);
    link.cutAt("XADD", "unsent", () => void child.kill());
    client.send(commands.MSG_DATA, message(user_info.user_id, bob.self));
    await client.closed;
    expect(client.inbox.filter(({ command_id }) => command_id === commands.MSG_DATA_ACK.id)).toEqual([]);
  }, 30_000);

  test.each(["one-to-one", "group"] as const)(
    "a message (%s) that a gate stored before it died is pushed, and once, when it comes again by another gate",
    async (kind) => {
      const link = await CuttingProxy.open(options.bus as string);
      onTestFinished(() => link.close());
      const child = new ChildServer();
      onTestFinished(() => child.kill());
      const there = await start();
      const [alice, bob] = [await there.user("Alice"), await there.user("Bob")];
      const client = await TestClient.connect(await child.serve({ ...options, bus: link.address, passwordCost: 1 }));
      await client.request(commands.LOGIN_AUTH_REQ, {
        user_name: alice.name,
        user_pwd: "e10adc3949ba59abbe56e057f20f883e",
      });
      const creation = { user_id: alice.self, group_name: "team", member_id_list: [bob.self] };
      const { group_info } = await alice.client.request(commands.GROUP_CREATE_DEFAULT_REQ, creation);
      const sent = kind === "group" ? message(alice.self, group_info.group_id, 2) : message(alice.self, bob.self);
      link.cutAt("XADD", "unsent", () => void child.kill());
      client.send(commands.MSG_DATA, sent);
      await client.closed;
      for (const _each of [1, 2]) {
        expect((await alice.client.request(commands.MSG_DATA, sent)).res_code).toBe(1);
      }
      await expect.poll(() => pushedTo(bob)).toContain(sent.client_msg_id);
      const last = message(alice.self, bob.self);
      await alice.client.request(commands.MSG_DATA, last);
      await expect.poll(() => pushedTo(bob)).toContain(last.client_msg_id);
      expect(pushedTo(bob).filter((id) => id === sent.client_msg_id)).toHaveLength(1);
      // Who sends it again has it already.
      expect(pushedTo(alice)).not.toContain(sent.client_msg_id);
    },
    30_000,
  );

  test("pushes go to the gates of their users alone, once Redis knows where everybody is", async () => {
    await settleRedis(options.bus as string);
    const { there, alice, bob } = await twoGates();
    const third = await start();
    const carol = await third.user("Carol");
    const bobsMessages = Array.from({ length: 20 }, () => message(alice.self, bob.self));
    for (const each of bobsMessages) await alice.client.request(commands.MSG_DATA, each);
    await expect.poll(() => pushedTo(bob).length).toBe(20);
    // A gate that is held up for seconds may not be able to say in time that Redis knows its users.
    const { all, own } = await pushesIn(options.bus as string, bob.self);
    expect(own).toEqual([20 - all]);
    expect(all).toBeLessThan(20);
    expect((await pushesIn(options.bus as string, carol.self)).own).toEqual([0]);
    // Devices on both gates, one of which the message comes from.
    const aliceThere = await there.login(alice.name);
    await alice.client.request(commands.MSG_DATA, message(alice.self, carol.self));
    await expect.poll(() => [pushedTo(carol).length, pushedTo(aliceThere).length]).toEqual([1, 1]);
  });

  test("who logs in while the gate cannot reach Redis is pushed what comes from then on", async () => {
    await settleRedis(options.bus as string);
    const link = await CuttingProxy.open(options.bus as string);
    onTestFinished(() => link.close());
    const [here, there] = [await start(), await startTestServer({ ...options, bus: link.address })];
    const [alice, name] = [await here.user("Alice"), await there.register("Bob")];
    link.accepts = false;
    link.cutAll();
    const bob = await there.login(name);
    const sent = message(alice.self, bob.self);
    expect((await alice.client.request(commands.MSG_DATA, sent)).res_code).toBe(1);
    link.accepts = true;
    await expect.poll(() => pushedTo(bob), { timeout: 10_000 }).toEqual([sent.client_msg_id]);
  }, 30_000);

  test("who has just been told to be logged in misses no push of another gate", async () => {
    await settleRedis(options.bus as string);
    const { here, there, alice, bob } = await twoGates();
    for (let round = 0; round < 20; round++) {
      const device = await [here, there][round % 2]?.login(bob.name);
      const sent = message(alice.self, bob.self);
      await alice.client.request(commands.MSG_DATA, sent);
      await expect.poll(() => pushedTo(device as Pick<TestUser, "client">)).toEqual([sent.client_msg_id]);
      await device?.client.close();
    }
  }, 30_000);

  test("a gate that was killed takes nothing away from those who are still there", async () => {
    await settleRedis(options.bus as string);
    const { there, alice, bob } = await twoGates();
    const child = new ChildServer();
    onTestFinished(() => child.kill());
    const client = await TestClient.connect(await child.serve({ ...options, passwordCost: 1 }));
    await client.request(commands.LOGIN_AUTH_REQ, {
      user_name: bob.name,
      user_pwd: "e10adc3949ba59abbe56e057f20f883e",
    });
    await expect.poll(() => presenceOf(options.bus as string, bob.self)).toBe(2);
    await child.kill();
    const sent = Array.from({ length: 20 }, () => message(alice.self, bob.self));
    for (const each of sent) await alice.client.request(commands.MSG_DATA, each);
    await expect.poll(() => pushedTo(bob)).toEqual(sent.map(({ client_msg_id }) => client_msg_id));
    await there.login(bob.name);
  }, 30_000);

  test("a Redis that stands still does not hold up a connection that asks for a call", async () => {
    const own = await startRedis();
    onTestFinished(() => own.stop("SIGKILL"));
    const server = await startTestServer({ ...options, bus: own.address });
    const { client, self } = await server.user("Alice");
    own.signal("SIGSTOP");
    client.send(commands.VOIP_INVITE_REQ, { creator_user_id: self, invite_user_list: [99n], invite_type: 1 });
    // Handled behind it, within the five seconds that the client waits.
    await client.settle(self);
    expect((await client.request(commands.MSG_DATA, message(self, 99n))).res_code).toBe(1);
  }, 30_000);

  test("who went offline while Redis could not be reached is not online when it can be again", async () => {
    const link = await CuttingProxy.open(options.bus as string);
    onTestFinished(() => link.close());
    const here = await startTestServer({ ...options, bus: link.address });
    const { client, self } = await here.user("Alice");
    await expect.poll(() => presenceOf(options.bus as string, self)).toBe(1);
    link.accepts = false;
    link.cutAll();
    await client.close();
    link.accepts = true;
    await expect.poll(() => presenceOf(options.bus as string, self), { timeout: 10_000 }).toBe(0);
  }, 20_000);

  test.each([5, 6])(
    "history, sessions, unread counts and pushes over two servers are the model's (seed %i)",
    async (seed) => {
      if (seed === 6) await settleRedis(options.bus as string);
      const usersFile = join(await temporaryFolder(), "users.csv");
      await writeFile(usersFile, USERS.map((user) => `${user},user${user},,token${user}\n`).join(""));
      const here = await startTestServer({ ...options, usersFile });
      const there = await start();
      await new RandomChat([here.tcp, there.tcp], seed, "any").play(10);
    },
    60_000,
  );

  /** What `/readyz` says. */
  async function readiness({ server }: TestServer): Promise<[number, string]> {
    const ready = await fetch(`http://127.0.0.1:${server.ports.http}/readyz`);
    return [ready.status, await ready.text()];
  }

  test("a database that takes no writes makes the server unready, also one that still takes small ones", async () => {
    const server = await start();
    const { client, self } = await server.user("Alice");
    const admin = new Client({ connectionString: options.store as string });
    await admin.connect();
    onTestFinished(() => admin.end());
    expect(await readiness(server)).toEqual([200, expect.stringContaining("ready")]);

    const name = new URL(options.store as string).pathname.slice(1);
    const setReadOnly = async (value: "on" | "off"): Promise<void> => {
      await admin.query("SET default_transaction_read_only = off");
      await admin.query(`ALTER DATABASE ${name} SET default_transaction_read_only = ${value}`);
      // The setting is for new connections.
      await admin.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
      );
    };
    await setReadOnly("on");
    await expect.poll(() => readiness(server)).toEqual([503, expect.stringContaining("read-only transaction")]);
    await setReadOnly("off");
    await expect.poll(() => readiness(server)).toEqual([200, expect.anything()]);

    await admin.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION refuse()`);
    expect((await client.request(commands.MSG_DATA, message(self, 99n))).res_code).toBe(0);
    expect(await readiness(server)).toEqual([503, expect.stringContaining("could not extend file")]);
  }, 30_000);

  test("text and ids of any kind come back as they went in", async () => {
    const { alice, bob } = await twoGates();
    const sent = { ...message(alice.self, 2n ** 53n - 1n), client_msg_id: "\u0000'\\;--%😀" };
    await alice.client.request(commands.MSG_DATA, sent);
    const largest = { ...message(alice.self, 2n ** 64n - 1n) };
    expect((await alice.client.request(commands.MSG_DATA, largest)).res_code).toBe(1);
    const list = await alice.client.request(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: alice.self });
    const ids = list.contact_session_list.map(({ session_id }: { session_id: bigint }) => session_id);
    expect(ids).toEqual(expect.arrayContaining([2n ** 53n - 1n, 2n ** 64n - 1n]));
    const page = { user_id: alice.self, session_type: 1 as const, session_id: 2n ** 53n - 1n, limit_count: 1 };
    const [stored] = (await alice.client.request(commands.LIST_MSG_REQ, page)).msg_list;
    expect(stored).toMatchObject({ client_msg_id: sent.client_msg_id, msg_data: sent.msg_data });
    await bob.client.settle(bob.self);
  });

  test("nobody who registers gets a robot's id", async () => {
    const server = await start();
    const admin = new Client({ connectionString: options.store as string });
    await admin.connect();
    await admin.query("SELECT setval('user_ids', 2020010701)");
    await admin.end();
    expect((await server.user()).self).toBe(2020010704n);
  });

  test("a database that cannot be reached is one sentence without its password", async () => {
    const address = "postgres://someone:secret@127.0.0.1:1/nothing";
    const failure = await openStore(address, { durability: "power", committed() {}, strictLog: false, log() {} }).catch(
      (error: Error) => error,
    );
    expect(failure).toBeInstanceOf(StoreError);
    expect(String(failure)).toMatch(/cannot use PostgreSQL at 127\.0\.0\.1:1: .*ECONNREFUSED/);
    expect(String(failure)).not.toContain("secret");
  });
});
