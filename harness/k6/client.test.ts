import { expect, test, vi } from "vitest";
import { commands, encodeRawFrame } from "../../codegen/index.ts";
import { type Echo, echo, echoed, forkRegistry } from "../../codegen/testing/echo-commands.ts";
import { obliging, type Script, startScriptedServer } from "../client/testing/scripted-server.ts";
import { K6Client, K6ClientError } from "./client.ts";

// What only k6 has. Its WebSocket is the one of browsers, and so is Node's.
vi.mock("k6/websockets", () => ({ WebSocket: globalThis.WebSocket }));
vi.mock("k6/execution", () => ({ instance: { currentTestRunDuration: 0 } }));
vi.mock("k6/metrics", () => {
  class Metric {
    add(): void {}
  }
  return { Counter: Metric, Trend: Metric };
});

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
