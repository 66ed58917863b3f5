import { afterEach, expect, test, vi } from "vitest";
import { commands, encodeRawFrame } from "../../codegen/index.ts";
import { type Echo, echo, echoed, forkRegistry } from "../../codegen/testing/echo-commands.ts";
import { obliging, type Script, startScriptedServer } from "../client/testing/scripted-server.ts";
import { K6Client, K6ClientError } from "./client.ts";

// What only k6 has. Its WebSocket is the one of browsers, and so is Node's.
vi.mock("k6/websockets", () => ({ WebSocket: globalThis.WebSocket }));
const run = vi.hoisted(() => ({ currentTestRunDuration: 0 }));
vi.mock("k6/execution", () => ({ instance: run }));
vi.mock("k6/metrics", () => {
  class Metric {
    add(): void {}
  }
  return { Counter: Metric, Trend: Metric };
});

afterEach(() => void vi.useRealTimers());

const user = { user_name: "alice", user_pwd: "0".repeat(32) };

/** Pushes one message of the fork before it answers. */
function answering(answerOf: (body: Uint8Array) => Uint8Array): Script {
  const oblige = obliging();
  return (frame, peer) => {
    const { command_id, seq_num } = frame.header;
    if (command_id === echo.id) {
      peer.send(echoed, { user_id: 7n }, 900);
      peer.sendBytes(encodeRawFrame({ command_id: echoed.id, seq_num }, answerOf(frame.body)));
    } else oblige(frame, peer);
  };
}

test("a request of one's own is answered; what the registry does not have is ignored", async () => {
  await using server = await startScriptedServer(answering((body) => body));
  const client = await K6Client.login(server.ws, user);
  const pushes: Echo[] = [];
  client.on(echoed, (message) => pushes.push(message));
  expect(await client.request(echo, { user_id: 12n })).toEqual({ user_id: 12n });
  expect(pushes).toEqual([]);
  expect(client.closed).toBe(false);
  client.close();
});

test("pushes of one's own are read with a registry that has them", async () => {
  await using server = await startScriptedServer(answering((body) => body));
  const client = await K6Client.login(server.ws, user, { registry: forkRegistry });
  const pushes: Echo[] = [];
  client.on(echoed, (message) => pushes.push(message));
  await client.request(echo, {});
  expect(pushes).toEqual([{ user_id: 7n }]);
  client.close();
});

test("an answer that is no such message rejects its request alone", async () => {
  await using server = await startScriptedServer(answering(() => Uint8Array.of(0x08)));
  const client = await K6Client.login(server.ws, user);
  const failed = client.request(echo, {});
  await expect(failed).rejects.toThrow("ECHO_REQ was answered with a body that is not a CIM.Group.CIMGroupListReq");
  await expect(failed).rejects.toBeInstanceOf(K6ClientError);
  expect((await client.request(commands.MSG_DATA, { client_msg_id: "a" })).client_msg_id).toBe("a");
  client.close();
});

test("what the target owes is not late by the time in which k6 stood still", async () => {
  let answer = (): void => undefined;
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
  const oblige = obliging();
  await using server = await startScriptedServer((frame, peer) => {
    if (frame.header.command_id !== commands.MSG_DATA.id) return oblige(frame, peer);
    answer = () => oblige(frame, peer);
    isAsked();
  });
  const client = await K6Client.login(server.ws, user, { timeoutMs: 3_000 });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let failure: unknown;
  const reply = client.request(commands.MSG_DATA, { client_msg_id: "a" });
  reply.catch((error: unknown) => {
    failure = error;
  });
  await asked;
  run.currentTestRunDuration += 20_000;
  vi.advanceTimersToNextTimer();
  await Promise.resolve();
  expect(failure).toBeUndefined();
  answer();
  expect((await reply).client_msg_id).toBe("a");
  client.close();
});
