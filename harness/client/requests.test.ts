import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { commands, encodeRawFrame } from "../../codegen/index.ts";
import { CimClient } from "./index.ts";
import { obliging, startScriptedServer } from "./testing/scripted-server.ts";

const alice = { user_name: "alice", password: "secret" };
const quiet = { heartbeatMs: false } as const;

describe.each(["tcp", "ws"] as const)("over %s", (transport) => {
  test("logs in by name, sends a message and gets its acknowledgement", async () => {
    await using server = await startScriptedServer();
    using client = await CimClient.connect(server[transport], quiet);
    const { user } = await client.login(alice);
    expect(user).toMatchObject({ user_id: 12n, nick_name: "alice" });
    expect(client.state.status).toBe("ready");
    const ack = await client.sendText(13n, "hi");
    expect(ack).toMatchObject({ from_user_id: 12n, to_session_id: 13n, server_msg_id: 1n, res_code: 1 });
    const sent = commands.MSG_DATA.body.decode(server.peers[0]?.received[1]?.body as Uint8Array);
    expect(Buffer.from(sent.msg_data).toString()).toBe("hi");
    expect(sent.client_msg_id).toBe(ack.client_msg_id);
  });

  test("logs in by token", async () => {
    await using server = await startScriptedServer();
    using client = await CimClient.connect(server[transport], quiet);
    await client.login({ user_id: 12n, user_token: "12345", nick_name: "neo" });
    const request = commands.LOGIN_AUTH_TOKEN_REQ.body.decode(server.peers[0]?.received[0]?.body as Uint8Array);
    expect(request).toMatchObject({ user_id: 12n, user_token: "12345", nick_name: "neo" });
  });
});

test("a refused login rejects with the code and leaves the connection open (LOGIN-09)", async () => {
  await using server = await startScriptedServer((frame, peer) =>
    peer.send(commands.LOGIN_AUTH_RSP, { result_code: 2003, result_string: "no" }, frame.header.seq_num),
  );
  using client = await CimClient.connect(server.tcp, quiet);
  await expect(client.login(alice)).rejects.toMatchObject({ code: "login-refused", resultCode: 2003 });
  expect(client.state.status).toBe("connected");
  server.script = obliging();
  await client.login(alice);
});

test("a push with the number of an outstanding request is not taken for its answer", async () => {
  await using server = await startScriptedServer();
  using client = await CimClient.connect(server.tcp, quiet);
  await client.login(alice);
  const oblige = server.script;
  server.script = (frame, peer) => {
    peer.send(commands.MSG_DATA, { client_msg_id: "pushed", session_type: 1 }, frame.header.seq_num);
    oblige(frame, peer);
  };
  const ack = await client.sendText(13n, "hi");
  expect(ack.res_code).toBe(1);
  expect((await client.waitFor(commands.MSG_DATA)).message.client_msg_id).toBe("pushed");
});

test("answers in another order reach their own requests", async () => {
  await using server = await startScriptedServer();
  using client = await CimClient.connect(server.tcp, quiet);
  await client.login(alice);
  const held: (() => void)[] = [];
  const oblige = server.script;
  server.script = (frame, peer) => {
    held.push(() => oblige(frame, peer));
    if (held.length === 3) for (const answer of held.reverse()) answer();
  };
  const ids = ["one", "two", "three"];
  const acks = await Promise.all(ids.map((client_msg_id) => client.sendMessage(13n, { client_msg_id })));
  expect(acks.map((ack) => ack.client_msg_id)).toEqual(ids);
});

test("a heartbeat's answer is matched by command, whatever its number (HB-01)", async () => {
  await using server = await startScriptedServer();
  using client = await CimClient.connect(server.tcp, quiet);
  await client.login(alice);
  await client.heartbeat();
  server.script = (frame, peer) => peer.send(commands.LOGIN_HEARTBEAT, {}, frame.header.seq_num);
  await client.heartbeat();
});

test("a passed deadline names the command and its number, and answers that came misnumbered", async () => {
  await using server = await startScriptedServer();
  using client = await CimClient.connect(server.tcp, quiet);
  await client.login(alice);
  server.script = (_, peer) => peer.send(commands.MSG_DATA_ACK, {}, 999);
  const failed = client.request(commands.MSG_DATA, {}, { deadlineMs: 100 });
  await expect(failed).rejects.toMatchObject({ code: "deadline", command: commands.MSG_DATA, seqNum: 2 });
  await expect(failed).rejects.toThrow(/MSG_DATA \(0x0301\) with seq_num 2 within 100 ms .*seq_num 999/);
});

test("a raised signal ends the wait with its reason", async () => {
  await using server = await startScriptedServer();
  using client = await CimClient.connect(server.tcp, quiet);
  await client.login(alice);
  server.script = () => {};
  const controller = new AbortController();
  const failed = client.request(commands.MSG_DATA, {}, { signal: controller.signal });
  controller.abort("enough");
  await expect(failed).rejects.toMatchObject({ code: "aborted", cause: "enough" });
  await expect(client.waitFor(commands.MSG_DATA, undefined, { signal: controller.signal })).rejects.toMatchObject({
    code: "aborted",
  });
});

test("a closed connection rejects every outstanding request with how it closed", async () => {
  await using server = await startScriptedServer();
  using client = await CimClient.connect(server.tcp, quiet);
  await client.login(alice);
  server.script = (_, peer) => peer.socket.resetAndDestroy?.();
  const request = client.request(commands.MSG_DATA, {});
  const wait = client.waitFor(commands.MSG_DATA);
  await expect(request).rejects.toMatchObject({ code: "closed", seqNum: 2, reason: { how: "rst" } });
  await expect(wait).rejects.toMatchObject({ code: "closed" });
  await expect(client.request(commands.MSG_DATA, {})).rejects.toMatchObject({ code: "not-connected" });
});

test("an answer that cannot be read rejects its request and harms nothing else", async () => {
  await using server = await startScriptedServer();
  using client = await CimClient.connect(server.tcp, quiet);
  await client.login(alice);
  server.script = ({ header: { seq_num } }, peer) =>
    peer.sendBytes(encodeRawFrame({ command_id: commands.MSG_DATA_ACK.id, seq_num }, Uint8Array.of(0x0a, 0xff)));
  await expect(client.request(commands.MSG_DATA, {})).rejects.toMatchObject({ code: "bad-answer" });
  server.script = obliging();
  await client.sendText(13n, "still here");
});

test("numbers go from 65535 to 1 and pass over one that is still outstanding", async () => {
  await using server = await startScriptedServer();
  using client = await CimClient.connect(server.tcp, { ...quiet, firstSeqNum: 65_534 });
  await client.login(alice);
  server.script = () => {};
  const waiting = client.request(commands.MSG_DATA, {}, { seqNum: 1, deadlineMs: 60_000 });
  waiting.catch(() => {});
  const numbers = [1, 2, 3].map(() => client.send(commands.MSG_DATA, {}));
  expect(numbers).toEqual([65_535, 2, 3]);
  await expect(client.request(commands.MSG_DATA, {}, { seqNum: 1 })).rejects.toThrow("still due");
  await turn();
});
