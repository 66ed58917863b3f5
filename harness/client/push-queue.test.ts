import { expect, test } from "vitest";
import { type Command, commands } from "../../codegen/index.ts";
import { CimClient } from "./index.ts";
import { type Push, PushQueue } from "./push-queue.ts";
import { startScriptedServer } from "./testing/scripted-server.ts";

const push = (text: string, command: Command = commands.MSG_DATA as Command): Push => ({
  command,
  message: text,
  seqNum: 1,
  receivedAt: 0,
  origin: "live",
});

test("what came before somebody waits is kept, in order, also what does not suit", () => {
  const queue = new PushQueue(10);
  for (const text of ["a", "b", "c"]) queue.add(push(text));
  const got: unknown[] = [];
  const command = commands.MSG_DATA as Command;
  queue.wait({ command, matches: (message) => message === "b", resolve: ({ message }) => got.push(message) });
  for (let i = 0; i < 3; i++) queue.wait({ command, matches: undefined, resolve: ({ message }) => got.push(message) });
  expect(got).toEqual(["b", "a", "c"]);
  queue.add(push("other", commands.MSG_READ_NOTIFY as Command));
  queue.add(push("d"));
  expect(got).toEqual(["b", "a", "c", "d"]);
});

test("a full queue lets the oldest go and counts them; a wait that fails says so", async () => {
  await using server = await startScriptedServer((frame, peer) => {
    for (let i = 0; i < 5; i++) peer.send(commands.MSG_READ_NOTIFY, { msg_id: BigInt(i) }, i + 1);
    peer.send(commands.LOGIN_HEARTBEAT, {}, frame.header.seq_num);
  });
  using client = await CimClient.connect(server.tcp, { pushQueueLimit: 2 });
  const handled: bigint[] = [];
  const stop = client.onPush(commands.MSG_READ_NOTIFY, ({ msg_id }) => handled.push(msg_id));
  await client.heartbeat();
  expect(handled).toEqual([0n, 1n, 2n, 3n, 4n]);
  expect(client.droppedPushes).toBe(3);
  const missed = client.waitFor(commands.MSG_READ_NOTIFY, ({ msg_id }) => msg_id === 1n, { deadlineMs: 20 });
  await expect(missed).rejects.toThrow("2 of this command came that did not suit) (3 pushes were dropped");
  stop();
  expect(client.takePushes(commands.MSG_READ_NOTIFY).map(({ message }) => message.msg_id)).toEqual([3n, 4n]);
  await client.heartbeat();
  expect(handled).toHaveLength(5);
});

test("a handler that throws stops neither the others nor the connection, and its error is not swallowed", async () => {
  await using server = await startScriptedServer((frame, peer) => {
    peer.send(commands.MSG_READ_NOTIFY, {}, 1);
    peer.send(commands.LOGIN_HEARTBEAT, {}, frame.header.seq_num);
  });
  using client = await CimClient.connect(server.tcp);
  const uncaught = new Promise<Error>((resolve) => {
    const others = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.once("uncaughtException", (error) => {
      for (const listener of others) process.on("uncaughtException", listener);
      resolve(error);
    });
  });
  client.onPush(commands.MSG_READ_NOTIFY, () => {
    throw new Error("mistake in a handler");
  });
  let calls = 0;
  client.onPush(commands.MSG_READ_NOTIFY, () => calls++);
  await client.heartbeat();
  expect((await uncaught).message).toBe("mistake in a handler");
  expect(calls).toBe(1);
});
