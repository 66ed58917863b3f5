import { expect, test } from "vitest";
import { cimRegistry, commands, encodeFrame } from "../../codegen/index.ts";
import { parseAddress } from "../client/index.ts";
import { startScriptedServer } from "../client/testing/scripted-server.ts";
import { type Played, playRecording } from "./play-recording.ts";
import type { Recording } from "./recording.ts";

/** One heartbeat, to which nothing came. */
const SILENCE: Recording = {
  accounts: [],
  steps: [
    { at: 0, connection: 0, do: "open", name: "alice", scheme: "tcp" },
    {
      at: 1,
      connection: 0,
      do: "send",
      hex: Buffer.from(encodeFrame(commands.LOGIN_HEARTBEAT, {}, 1)).toString("hex"),
    },
  ],
  startedAt: 1_700_000_000_000,
  lastedMs: 2,
};

function play(address: string, patienceMs: number): Promise<Played> {
  return playRecording(SILENCE, {
    registry: cimRegistry,
    address: parseAddress(address),
    webSocket: undefined,
    take: () => Promise.reject(new Error("nobody logs in")),
    patienceMs,
    signal: new AbortController().signal,
  });
}

test("what did not come then is not missed before it had time to come", async () => {
  await using server = await startScriptedServer((_frame, peer) => {
    // A slower server, or a busy machine.
    setTimeout(() => peer.send(commands.LOGIN_HEARTBEAT, {}, 1), 200);
  });
  expect((await play(server.tcp, 60_000)).differences).toEqual(["alice: 1 more LOGIN_HEARTBEAT than recorded"]);
});

test("where nothing can come any more, nobody waits for it", async () => {
  await using server = await startScriptedServer((_frame, peer) => peer.socket.end());
  expect((await play(server.tcp, 60_000)).differences).toEqual([]);
});

test("silence is silence again when the wait is over", async () => {
  await using server = await startScriptedServer(() => {});
  expect((await play(server.tcp, 300)).differences).toEqual([]);
});
