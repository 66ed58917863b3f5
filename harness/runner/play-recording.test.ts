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

function play(address: string, patienceMs: number, recording: Recording = SILENCE): Promise<Played> {
  return playRecording(recording, {
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

test("parts of a packet are parts again, and one message over WebSocket", async () => {
  const frame = Buffer.from(encodeFrame(commands.LOGIN_HEARTBEAT, {}, 1)).toString("hex");
  const steps: Recording["steps"] = [
    { at: 0, connection: 0, do: "open", name: "alice", scheme: "ws" },
    { at: 1, connection: 0, do: "send-part", hex: frame.slice(0, 14) },
    { at: 2, connection: 0, do: "send", hex: frame.slice(14) },
  ];
  await using server = await startScriptedServer((_frame, peer) => {
    peer.send(commands.LOGIN_HEARTBEAT, {}, 1);
    peer.socket.end();
  });
  expect(await play(server.ws, 60_000, { ...SILENCE, steps })).toMatchObject({
    differences: ["alice: 1 more LOGIN_HEARTBEAT than recorded"],
    unmapped: 2,
  });
});

/** A list of sessions in the order of their ids, of which each was changed so many seconds ago. */
function listOf(...ago: readonly (readonly [session_id: bigint, seconds: number])[]) {
  const now = Math.floor(Date.now() / 1000);
  return {
    user_id: 1n,
    contact_session_list: ago.map(([session_id, seconds]) => ({
      ...{ session_id, session_type: 1, updated_time: now - seconds, msg_id: `of ${session_id}` },
    })),
  };
}

test.each([
  [
    "in one second then, and in two now",
    [
      [7n, 0],
      [8n, 0],
    ],
    [
      [8n, 0],
      [7n, 1],
    ],
    0,
  ],
  [
    "newest first now, and last then",
    [
      [7n, 1],
      [8n, 0],
    ],
    [
      [8n, 0],
      [7n, 1],
    ],
    1,
  ],
] as const)("sessions that changed %s", async (_when, then, now, differences) => {
  await using server = await startScriptedServer((_frame, peer) =>
    peer.send(commands.LIST_RECENT_CONTACT_SESSION_RSP, listOf(...now), 1),
  );
  const ask = encodeFrame(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: 1n }, 1);
  const came = encodeFrame(commands.LIST_RECENT_CONTACT_SESSION_RSP, listOf(...then), 1);
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
  const recording: Recording = {
    ...{ accounts: [], startedAt: Date.now(), lastedMs: 2 },
    steps: [
      { at: 0, connection: 0, do: "open", name: "alice", scheme: "tcp" },
      { at: 0, connection: 0, do: "send", hex: hex(ask) },
      { at: 1, connection: 0, do: "receive", hex: hex(came) },
    ],
  };
  expect((await play(server.tcp, 300, recording)).differences).toHaveLength(differences);
});

/** A heartbeat, its answer, and the end of the case so much later. */
const answeredThen = (lastedMs: number): Recording => ({
  ...{ ...SILENCE, startedAt: Date.now(), lastedMs },
  steps: [
    ...SILENCE.steps,
    {
      ...{ at: 2, connection: 0, do: "receive" as const },
      hex: Buffer.from(encodeFrame(commands.LOGIN_HEARTBEAT, {}, 1)).toString("hex"),
    },
  ],
});

test.each([
  ["a case that ended with a frame says nothing of what was on its way", 3, []],
  ["one that waited for more says that no more came", 300, ["alice: 1 more MSG_READ_NOTIFY than recorded"]],
])("%s", async (_what, lastedMs, differences) => {
  await using server = await startScriptedServer((_frame, peer) => {
    peer.send(commands.LOGIN_HEARTBEAT, {}, 1);
    peer.send(commands.MSG_READ_NOTIFY, { user_id: 1n }, 1);
  });
  expect((await play(server.tcp, 300, answeredThen(lastedMs))).differences).toEqual(differences);
});
