import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { commands, encodeFrame } from "../../codegen/index.ts";
import { LocalServer } from "../testing/local-server.ts";
import type { TestClient } from "../testing/test-client.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

function message(from: bigint, to: bigint, content = new Uint8Array()) {
  return {
    from_user_id: from,
    to_session_id: to,
    client_msg_id: randomUUID(),
    msg_type: 1 as const,
    session_type: 1 as const,
    msg_data: content,
  };
}

/** Connections of one user, enough to be spread over all gates. */
function devices(server: TestServer, name: string, count: number): Promise<{ client: TestClient; self: bigint }[]> {
  return Promise.all(Array.from({ length: count }, () => server.login(name)));
}

test("a message reaches every connection, whichever process holds it, in the same order", async () => {
  const server = await startTestServer({ processes: 3 });
  const [alice, bob] = [await server.register(), await server.register()];
  const senders = await devices(server, alice, 4);
  const receivers = await devices(server, bob, 24);
  const to = receivers[0]?.self as bigint;
  await Promise.all(
    senders.flatMap(({ client, self }) =>
      Array.from({ length: 25 }, () => client.request(commands.MSG_DATA, message(self, to))),
    ),
  );
  const expected = Array.from({ length: 100 }, (_, index) => BigInt(index + 1));
  for (const { client, self } of receivers) {
    await client.settle(self);
    expect(client.inbox.map((each) => each.message.server_msg_id)).toEqual(expected);
  }
});

test("a gate that is killed takes its own connections with it and is replaced", async () => {
  const lines: string[] = [];
  const server = await startTestServer({ processes: 2, log: (line) => lines.push(line) });
  const name = await server.register();
  const before = await devices(server, name, 40);
  const pid = anyGate();
  process.kill(pid, "SIGKILL");
  await Promise.race(before.map(({ client }) => client.closed));
  while (!lines.some((line) => line.includes(`gate process ${pid} ended`))) await new Promise(setImmediate);

  const outcomes = await Promise.allSettled(before.map(({ client, self }) => client.settle(self)));
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["fulfilled", "rejected"]));
  for (const { client, self } of await devices(server, name, 10)) await client.settle(self);
});

/** A gate process: a child of this process that runs the gate's program. */
function anyGate(): number {
  const children = execFileSync("ps", ["--ppid", String(process.pid), "-o", "pid=,args="])
    .toString()
    .split("\n");
  const gate = children.find((line) => line.includes("gate-process"));
  if (!gate) throw new Error(`no gate process among ${children.join("; ")}`);
  return Number.parseInt(gate, 10);
}

test("a reader that is slow behind a gate is dropped, and delays nobody", async () => {
  const server = await startTestServer({ processes: 2, maxOutgoingBytes: 256 * 1024 });
  const first = await server.user();
  const second = await server.user();
  second.client.socket.pause();
  let gone = false;
  for (let index = 0; index < 2000 && !gone; index++) {
    await first.client.request(commands.MSG_DATA, message(first.self, second.self, new Uint8Array(32 * 1024)));
    const metrics = await (await fetch(`http://127.0.0.1:${server.server.ports.http}/metrics`)).text();
    gone = /slow_reader"\} 1/.test(metrics);
  }
  expect(gone).toBe(true);
});

test("a WebSocket behind a gate gets one packet per message", async () => {
  const server = await startTestServer({ processes: 2 });
  const { client, self, name } = await server.user();
  const webSocket = new WebSocket(`ws://127.0.0.1:${server.server.ports.ws}/`);
  await once(webSocket, "open");
  const messages: Buffer[] = [];
  webSocket.on("message", (data) => messages.push(data as Buffer));
  const login = { user_name: name, user_pwd: "e10adc3949ba59abbe56e057f20f883e" };
  webSocket.send(encodeFrame(commands.LOGIN_AUTH_REQ, login, 1));
  await once(webSocket, "message");
  for (let index = 0; index < 20; index++) client.send(commands.MSG_DATA, message(self, 99n));
  while (messages.length < 21) await once(webSocket, "message");
  for (const each of messages) expect(each.readUInt32BE(0)).toBe(each.length);
});

test("a drain closes the clients of all gates and ends the processes", async () => {
  const server = await startTestServer({ processes: 2 });
  const all = await devices(server, await server.register(), 10);
  await server.server.stop();
  await Promise.all(all.map(({ client }) => client.closed));
  expect(anyGate).toThrow("no gate process");
});

test("a port that another server listens on is an error, not a port to share", async () => {
  const other = createServer().listen({ port: 0, host: "127.0.0.1", reusePort: true });
  onTestFinished(() => void other.close());
  await once(other, "listening");
  const { port } = other.address() as { port: number };
  await expect(LocalServer.start({ processes: 2, tcp: port, ws: null, http: null })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
});
