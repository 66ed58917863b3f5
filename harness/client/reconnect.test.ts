import { expect, onTestFinished, test } from "vitest";
import { type CIMMsgInfo, commands, type Frame } from "../../codegen/index.ts";
import { CimClient, type ClientOptions, type ClientState } from "./index.ts";
import {
  obliging,
  type Peer,
  type Script,
  type ScriptedServer,
  startScriptedServer,
} from "./testing/scripted-server.ts";

const alice = { user_name: "alice", password: "secret" };
const peerId = 13n;

/** What user 12 and user 13 have written to each other, as a server keeps it. */
class Conversation {
  readonly rows: CIMMsgInfo[] = [];

  add(text: string, from_user_id: bigint = peerId): CIMMsgInfo {
    const row = commands.LIST_MSG_RSP.body.create({
      msg_list: [
        {
          from_user_id,
          client_msg_id: `id-${text}`,
          server_msg_id: BigInt(this.rows.length + 1),
          session_type: 1,
          msg_type: 1,
          msg_data: Buffer.from(text),
        },
      ],
    }).msg_list[0] as CIMMsgInfo;
    this.rows.push(row);
    return row;
  }

  push(peer: Peer, row: CIMMsgInfo): void {
    const { from_user_id, client_msg_id, server_msg_id, session_type, msg_data } = row;
    const message = { from_user_id, to_session_id: 12n, client_msg_id, server_msg_id, session_type, msg_data };
    peer.send(commands.MSG_DATA, message, 1);
  }

  /** Obliges, and answers session list and history from the conversation. */
  script(): Script {
    const oblige = obliging();
    return (frame, peer) => {
      const { command_id, seq_num } = frame.header;
      if (command_id === commands.LIST_RECENT_CONTACT_SESSION_REQ.id) {
        const server_msg_id = this.rows.at(-1)?.server_msg_id;
        const contact_session_list = server_msg_id ? [{ session_id: peerId, session_type: 1, server_msg_id }] : [];
        peer.send(commands.LIST_RECENT_CONTACT_SESSION_RSP, { contact_session_list } as never, seq_num);
      } else if (command_id === commands.LIST_MSG_REQ.id) {
        const { end_msg_id, limit_count } = commands.LIST_MSG_REQ.body.decode(frame.body);
        const below = this.rows.filter((row) => end_msg_id === 0n || row.server_msg_id < end_msg_id);
        peer.send(commands.LIST_MSG_RSP, { msg_list: below.slice(-limit_count) }, seq_num);
      } else oblige(frame, peer);
    };
  }
}

async function connect(server: ScriptedServer, options: ClientOptions = {}): Promise<CimClient> {
  const client = await CimClient.connect(server.tcp, {
    heartbeatMs: false,
    reconnect: { delaysMs: [5], jitter: 0 },
    ...options,
  });
  onTestFinished(() => client.close());
  return client;
}

function state(client: CimClient, status: ClientState["status"]): Promise<ClientState> {
  return new Promise((resolve) => {
    if (client.state.status === status) resolve(client.state);
    const stop = client.onState((next) => {
      if (next.status !== status) return;
      stop();
      resolve(next);
    });
  });
}

const textOf = (message: { msg_data: Uint8Array }): string => Buffer.from(message.msg_data).toString();
const lastPeer = (server: ScriptedServer): Peer => server.peers.at(-1) as Peer;
const cut = (peer: Peer): void => peer.socket.resetAndDestroy?.();

test("after a break the client logs in again and delivers what it missed, once and in order", async () => {
  const talk = new Conversation();
  for (let i = 0; i < 3; i++) talk.add(`old ${i}`);
  await using server = await startScriptedServer(talk.script());
  const client = await connect(server);
  await client.login(alice);
  talk.push(lastPeer(server), talk.add("live"));
  expect((await client.waitFor(commands.MSG_DATA)).origin).toBe("live");

  const waiting = state(client, "waiting");
  for (let i = 0; i < 250; i++) talk.add(`missed ${i}`);
  cut(lastPeer(server));
  expect(await waiting).toMatchObject({ attempt: 1, delayMs: 5, reason: { how: "rst" } });
  await client.ready();
  const delivered = client.takePushes(commands.MSG_DATA);
  expect(delivered.map(({ message }) => textOf(message))).toEqual(Array.from({ length: 250 }, (_, i) => `missed ${i}`));
  expect(delivered.every(({ origin }) => origin === "history")).toBe(true);
  expect(delivered[0]?.message).toMatchObject({ from_user_id: peerId, to_session_id: 12n });
});

test("what the server pushes while the client catches up comes after what was missed, and not twice", async () => {
  const talk = new Conversation();
  const answer = talk.script();
  await using server = await startScriptedServer(answer);
  const client = await connect(server);
  await client.login(alice);
  talk.add("missed");
  server.script = (frame, peer) => {
    // Pushed before the session list is answered, and already in history when it is read.
    if (frame.header.command_id === commands.LIST_RECENT_CONTACT_SESSION_REQ.id) talk.push(peer, talk.add("racing"));
    answer(frame, peer);
  };
  cut(lastPeer(server));
  await state(client, "waiting");
  await client.ready();
  expect(client.takePushes(commands.MSG_DATA).map(({ message }) => textOf(message))).toEqual(["missed", "racing"]);
  expect(client.duplicatePushes).toBe(1);
});

test("a message pushed between the first login and the session list is not lost", async () => {
  const talk = new Conversation();
  const answer = talk.script();
  await using server = await startScriptedServer((frame, peer) => {
    if (frame.header.command_id === commands.LIST_RECENT_CONTACT_SESSION_REQ.id) talk.push(peer, talk.add("early"));
    answer(frame, peer);
  });
  const client = await connect(server);
  await client.login(alice);
  expect(client.takePushes(commands.MSG_DATA).map(({ message }) => textOf(message))).toEqual(["early"]);
});

test("a message whose acknowledgement was lost is sent again with its client_msg_id, and is not delivered to its sender", async () => {
  const talk = new Conversation();
  const answer = talk.script();
  await using server = await startScriptedServer(answer);
  const client = await connect(server);
  await client.login(alice);
  const sent: string[] = [];
  server.script = (frame, peer) => {
    if (frame.header.command_id !== commands.MSG_DATA.id) return answer(frame, peer);
    const { client_msg_id } = commands.MSG_DATA.body.decode(frame.body);
    sent.push(client_msg_id);
    if (sent.length === 2) cut(peer);
    if (sent.length > 2) answer(frame, peer);
    else talk.rows.push({ ...talk.add("mine", 12n), client_msg_id });
    return undefined;
  };
  await Promise.all([client.sendText(peerId, "one"), client.sendText(peerId, "two")]);
  expect(sent.slice(2)).toEqual(sent.slice(0, 2));
  expect(client.takePushes(commands.MSG_DATA).filter(({ message }) => sent.includes(message.client_msg_id))).toEqual(
    [],
  );
});

test("a message sent during a break goes out when the connection is back", async () => {
  await using server = await startScriptedServer(new Conversation().script());
  const client = await connect(server);
  await client.login(alice);
  const waiting = state(client, "waiting");
  cut(lastPeer(server));
  await waiting;
  const ack = await client.sendText(peerId, "later");
  expect(ack).toMatchObject({ from_user_id: 12n, res_code: 1 });
});

test("duplicate pushes are delivered once with reconnect, and as they come without", async () => {
  const talk = new Conversation();
  await using server = await startScriptedServer(talk.script());
  for (const [reconnect, deliveries] of [
    [{ delaysMs: [5] }, 2],
    [false, 4],
  ] as const) {
    const client = await connect(server, { reconnect });
    await client.login(alice);
    const rows = [talk.add("a"), talk.add("b")];
    for (const row of [...rows, ...rows]) talk.push(lastPeer(server), row);
    await client.heartbeat();
    expect(client.takePushes(commands.MSG_DATA)).toHaveLength(deliveries);
  }
});

test("each push is confirmed as ACK-01 says, duplicates too; none with manual acknowledgement", async () => {
  const talk = new Conversation();
  await using server = await startScriptedServer(talk.script());
  for (const [acknowledge, confirmations] of [
    ["auto", 2],
    ["manual", 0],
  ] as const) {
    const client = await connect(server, { acknowledge });
    await client.login(alice);
    const peer = lastPeer(server);
    const row = talk.add("a");
    talk.push(peer, row);
    talk.push(peer, row);
    await client.heartbeat();
    const acks = peer.received
      .filter((frame: Frame) => frame.header.command_id === commands.MSG_DATA_ACK.id)
      .map((frame) => commands.MSG_DATA_ACK.body.decode(frame.body));
    expect(acks).toHaveLength(confirmations);
    for (const ack of acks) {
      const { client_msg_id } = row;
      expect(ack).toMatchObject({ from_user_id: 12n, to_session_id: peerId, client_msg_id, session_type: 1 });
      expect(ack.server_msg_id).toBe(0n);
    }
  }
});

test("a connection that breaks while it is caught up is tried again", async () => {
  const talk = new Conversation();
  const answer = talk.script();
  await using server = await startScriptedServer(answer);
  const client = await connect(server);
  await client.login(alice);
  talk.add("missed");
  let breaks = 0;
  server.script = (frame, peer) => {
    if (frame.header.command_id === commands.LIST_MSG_REQ.id && breaks++ < 2) cut(peer);
    else answer(frame, peer);
  };
  cut(lastPeer(server));
  expect(textOf((await client.waitFor(commands.MSG_DATA)).message)).toBe("missed");
  expect(server.peers).toHaveLength(4);
});

test("credentials that are refused after a break end the client; a server that cannot check them is tried again", async () => {
  const answer = new Conversation().script();
  await using server = await startScriptedServer(answer);
  const client = await connect(server);
  await client.login(alice);
  const codes = [201, 201, 2003];
  server.script = (frame, peer) =>
    peer.send(commands.LOGIN_AUTH_RSP, { result_code: codes.shift() as never }, frame.header.seq_num);
  const wait = client.waitFor(commands.MSG_DATA);
  const sending = client.sendText(peerId, "never").catch((error: unknown) => error);
  cut(lastPeer(server));
  await expect(wait).rejects.toMatchObject({ code: "closed" });
  expect(await sending).toMatchObject({ code: "closed" });
  expect(client.state).toMatchObject({ status: "closed", reason: { how: "error" } });
  expect(codes).toEqual([]);
});

test("the client gives up after maxAttempts, and at once when it is closed", async () => {
  const server = await startScriptedServer(new Conversation().script());
  const short = await connect(server, { reconnect: { delaysMs: [5], maxAttempts: 2 } });
  const patient = await connect(server, { reconnect: { delaysMs: [60_000] } });
  await Promise.all([short.login(alice), patient.login(alice)]);
  await server[Symbol.asyncDispose]();
  await state(short, "closed");
  patient.close();
  expect(patient.state.status).toBe("closed");
});

test("a server that stops answering heartbeats counts as a broken connection", async () => {
  const answer = new Conversation().script();
  await using server = await startScriptedServer(answer);
  const client = await connect(server, { heartbeatMs: 20 });
  await client.login(alice);
  const peer = lastPeer(server);
  server.script = (frame, other) => {
    if (other !== peer) answer(frame, other);
  };
  const broken = await state(client, "waiting");
  expect(broken).toMatchObject({ reason: { how: "error", error: { code: "deadline" } } });
  await client.ready();
  expect(server.peers).toHaveLength(2);
});
