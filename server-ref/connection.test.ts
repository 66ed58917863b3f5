import { once } from "node:events";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { commands, encodeFrame, encodeRawFrame, HEADER_LENGTH } from "../codegen/index.ts";
import { startTestServer, type TestServer } from "./testing/test-server.ts";

const NO_BODY = new Uint8Array();

function headerOfLength(length: number): Uint8Array {
  return encodeRawFrame({ length, command_id: commands.LOGIN_HEARTBEAT.id, seq_num: 1 }, NO_BODY);
}

async function pair(server: TestServer): Promise<{ first: TestUser; second: TestUser }> {
  return { first: await server.user(), second: await server.user() };
}

type TestUser = Awaited<ReturnType<TestServer["user"]>>;

test("a packet may arrive byte by byte", async () => {
  const { client, self } = await (await startTestServer()).user();
  client.socket.setNoDelay(true);
  const request = { user_id: self, session_type: 1 as const, session_id: 9n, limit_count: 1 };
  for (const byte of encodeFrame(commands.LIST_MSG_REQ, request, 77)) {
    client.socket.write(Uint8Array.of(byte));
    await new Promise(setImmediate);
  }
  expect((await client.take(({ seq_num }) => seq_num === 77)).message.session_id).toBe(9n);
});

test.each([0, 15, 10 * 1024 * 1024 + 1, 0xffffffff])(
  "a length of %i closes the connection behind the answers that are due, and no other",
  async (length) => {
    const { first, second } = await pair(await startTestServer());
    const request = { user_id: first.self, session_type: 1 as const, session_id: 9n, limit_count: 1 };
    first.client.socket.write(
      Buffer.concat([encodeFrame(commands.LIST_MSG_REQ, request, 5), headerOfLength(length), headerOfLength(16)]),
    );
    await first.client.closed;
    expect(first.client.inbox.map(({ seq_num }) => seq_num)).toEqual([5]);
    await second.client.settle(second.self);
  },
);

test("a packet of the largest size is taken", async () => {
  const { client } = await (await startTestServer({ maxFrameLength: 1024 * 1024 })).user();
  const body = new Uint8Array(1024 * 1024 - HEADER_LENGTH);
  // Field 15, length-delimited: unknown to the heartbeat, so it is skipped.
  body.set([0x7a]);
  let rest = body.length - 4;
  for (let at = 1; at < 4; at++, rest >>>= 7) body[at] = (rest & 0x7f) | (at < 3 ? 0x80 : 0);
  client.socket.write(encodeRawFrame({ command_id: commands.LOGIN_HEARTBEAT.id, seq_num: 3 }, body));
  await client.next(commands.LOGIN_HEARTBEAT);
});

test("a command before login closes the connection without an answer, and what is behind it is not handled", async () => {
  const server = await startTestServer();
  const name = await server.register();
  const client = await server.connect();
  client.socket.cork();
  client.send(commands.LOGIN_HEARTBEAT, {});
  client.send(commands.LOGIN_AUTH_REQ, { user_name: name, user_pwd: "e10adc3949ba59abbe56e057f20f883e" });
  client.socket.uncork();
  await client.closed;
  expect(client.inbox).toEqual([]);
});

test("requests behind a login in the same segment are handled for the user", async () => {
  const server = await startTestServer();
  const { self, name } = await server.user();
  const client = await server.connect();
  client.socket.cork();
  client.send(commands.LOGIN_AUTH_REQ, { user_name: name, user_pwd: "e10adc3949ba59abbe56e057f20f883e" });
  client.send(commands.LIST_MSG_REQ, { user_id: self, session_type: 1, session_id: 9n, limit_count: 1 });
  client.socket.uncork();
  await client.next(commands.LIST_MSG_RSP);
  expect(client.inbox[0]?.message.result_code).toBe(200);
});

test("unknown commands, undecodable bodies and claims of another name are ignored", async () => {
  const { first, second } = await pair(await startTestServer());
  const { client, self } = first;
  client.socket.write(encodeRawFrame({ command_id: 0x0999, seq_num: 1 }, NO_BODY));
  client.socket.write(encodeRawFrame({ command_id: commands.LOGIN_AUTH_RSP.id, seq_num: 2 }, NO_BODY));
  client.socket.write(encodeRawFrame({ command_id: commands.MSG_DATA.id, seq_num: 3 }, Uint8Array.of(0x0a, 0x7f)));
  client.send(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: second.self });
  client.send(commands.MSG_DATA, {
    from_user_id: second.self,
    to_session_id: self,
    client_msg_id: "forged",
    msg_type: 1,
    session_type: 1,
  });
  await client.settle(self);
  expect(client.inbox).toEqual([]);
  await second.client.settle(second.self);
  expect(second.client.inbox).toEqual([]);
});

test("an answer to number 0 and a heartbeat take numbers of the connection's counter, pushes go on from there", async () => {
  const { first, second } = await pair(await startTestServer());
  const list = { user_id: first.self, session_type: 1 as const, session_id: 9n, limit_count: 1 };
  first.client.send(commands.LIST_MSG_REQ, list, 0);
  first.client.send(commands.LOGIN_HEARTBEAT, {}, 500);
  await first.client.settle(first.self);
  expect(first.client.inbox.map(({ seq_num }) => seq_num)).toEqual([1, 2]);
  await second.client.request(commands.MSG_DATA, {
    from_user_id: second.self,
    to_session_id: first.self,
    client_msg_id: "x",
    msg_type: 1,
    session_type: 1,
  });
  expect((await first.client.take(({ command_id }) => command_id === commands.MSG_DATA.id)).seq_num).toBe(3);
});

test("a second login changes nothing and is not answered", async () => {
  const server = await startTestServer();
  const { first, second } = await pair(server);
  first.client.send(commands.LOGIN_AUTH_REQ, { user_name: second.name, user_pwd: "e10adc3949ba59abbe56e057f20f883e" });
  await first.client.settle(first.self);
  expect(first.client.inbox).toEqual([]);
});

test("all devices of a user get a message, the sending one excepted, and a logout ends one of them", async () => {
  const server = await startTestServer();
  const { first, second } = await pair(server);
  const firstTablet = await server.login(first.name);
  const secondTablet = await server.login(second.name);
  const message = {
    from_user_id: first.self,
    to_session_id: second.self,
    client_msg_id: "x",
    msg_type: 1 as const,
    session_type: 1 as const,
  };
  await first.client.request(commands.MSG_DATA, message);
  for (const device of [firstTablet, second, secondTablet]) await device.client.next(commands.MSG_DATA);

  const answer = await second.client.request(commands.LOGIN_AUTH_LOGOUT_REQ, { user_id: second.self });
  expect(answer.result_code).toBe(200);
  await second.client.closed;
  await first.client.request(commands.MSG_DATA, { ...message, client_msg_id: "y" });
  await secondTablet.client.next(commands.MSG_DATA);
  await first.client.settle(first.self);
  expect(first.client.inbox).toEqual([]);
  expect(second.client.inbox).toEqual([]);
});

test("a client that closes its side still gets its answers", async () => {
  const { client, self } = await (await startTestServer()).user();
  client.send(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: self });
  client.socket.end();
  await client.next(commands.LIST_RECENT_CONTACT_SESSION_RSP);
  await client.closed;
});

test("a client that never closes its side is let go all the same", async () => {
  const server = await startTestServer();
  const { first, second } = await pair(server);
  const stubborn = connect({ port: server.tcp, host: "127.0.0.1", allowHalfOpen: true });
  onTestFinished(() => void stubborn.destroy());
  stubborn.resume();
  stubborn.write(headerOfLength(0));
  await once(stubborn, "end");
  await second.client.close();
  const openConnections = async (): Promise<string | undefined> => {
    const metrics = await (await fetch(`http://127.0.0.1:${server.server.ports.http}/metrics`)).text();
    return /^cupping_connections_open (\d+)$/m.exec(metrics)?.[1];
  };
  await expect.poll(openConnections, { timeout: 5000 }).toBe("1");
  await first.client.settle(first.self);
});

test("connections that do not log in are closed after the login timeout, failed attempts or not", async () => {
  const loginTimeoutMs = 1_500;
  const server = await startTestServer({ loginTimeoutMs });
  const { client, self } = await server.user();
  const begun = performance.now();
  const silent = await server.connect();
  const failing = await server.connect();
  const attempts = setInterval(() => failing.send(commands.LOGIN_AUTH_REQ, { user_name: "nobody", user_pwd: "x" }), 50);
  await Promise.all([silent.closed, failing.closed]);
  clearInterval(attempts);
  // A clock of its own may run a little ahead of the timer's.
  expect(performance.now() - begun).toBeGreaterThan(loginTimeoutMs - 50);
  expect(failing.inbox[0]?.message.result_code).toBe(2003);
  await client.settle(self);
});

test("a connection that falls silent is closed after the heartbeat timeout, one with heartbeats stays", async () => {
  const server = await startTestServer({ heartbeatTimeoutMs: 400 });
  const { first, second } = await pair(server);
  const heartbeats = setInterval(() => second.client.send(commands.LOGIN_HEARTBEAT, {}), 50);
  await first.client.closed;
  await second.client.settle(second.self);
  clearInterval(heartbeats);
});

test("more connections than allowed are closed at once", async () => {
  const server = await startTestServer({ maxConnections: 2 });
  const { first } = await pair(server);
  const third = await server.connect();
  await third.closed;
  await first.client.settle(first.self);
});

test("a flood is slowed to the rate and answered in full, while others are served", async () => {
  const server = await startTestServer({ requestRate: 100 });
  const { first, second } = await pair(server);
  const begun = performance.now();
  for (let index = 0; index < 150; index++) first.client.send(commands.LOGIN_HEARTBEAT, {});
  await second.client.settle(second.self);
  expect(first.client.inbox.length).toBeLessThan(150);
  await first.client.settle(first.self);
  expect(first.client.inbox).toHaveLength(150);
  expect(performance.now() - begun).toBeGreaterThan(400);
});

test("a client that does not read is dropped, and delays nobody", async () => {
  const server = await startTestServer({ maxOutgoingBytes: 256 * 1024 });
  const { first, second } = await pair(server);
  second.client.socket.pause();
  let gone = false;
  for (let index = 0; index < 2000 && !gone; index++) {
    const ack = await first.client.request(commands.MSG_DATA, {
      from_user_id: first.self,
      to_session_id: second.self,
      client_msg_id: String(index),
      msg_type: 1,
      session_type: 1,
      msg_data: new Uint8Array(32 * 1024),
    });
    expect(ack.res_code).toBe(1);
    const metrics = await (await fetch(`http://127.0.0.1:${server.server.ports.http}/metrics`)).text();
    gone = /slow_reader"\} 1/.test(metrics);
  }
  expect(gone).toBe(true);
});

test("a drain answers what was asked, closes every connection and refuses new ones", async () => {
  const server = await startTestServer();
  const { first, second } = await pair(server);
  for (let index = 0; index < 50; index++) {
    first.client.send(commands.MSG_DATA, {
      from_user_id: first.self,
      to_session_id: second.self,
      client_msg_id: String(index),
      msg_type: 1,
      session_type: 1,
    });
  }
  await first.client.next(commands.MSG_DATA_ACK);
  await server.server.stop();
  await Promise.all([first.client.closed, second.client.closed]);
  const refused = connect(server.tcp, "127.0.0.1");
  const [error] = await once(refused, "error");
  expect((error as NodeJS.ErrnoException).code).toBe("ECONNREFUSED");
});
