import { commands, encodeFrame, encodeRawFrame } from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase, LoggedIn, Peer } from "../../harness/runner/index.ts";
import { defineGrid } from "./define.ts";
import { message, pushOf, SINGLE, sendMessages } from "./setup/index.ts";

/** Time in which others must usually be served beside a flood, in milliseconds. */
const BESIDE_FLOOD_MS = 1_000;
/** How many times longer than before it may take in any case: a slow target is slow for everybody. */
const SLOWDOWN = 5;
/** Odd, so that there is one in the middle. */
const ROUNDS = 3;
/** Messages of a page of history, and the content of each. */
const PAGE = 20;
const PAGE_CONTENT = "x".repeat(1_000);
/** A command that the contract does not have. */
const FREE_COMMAND = 0x7fff;
/** A body that no message has: a length that goes on behind the end. */
const BROKEN_BODY = Buffer.from("0affffffff0f", "hex");

/** What all who flood send in a round together, and how one such packet is made. */
interface Flood {
  readonly packets: number;
  readonly make: (t: CaseContext, peer: Peer, friend: bigint) => Uint8Array;
}

type FloodName = "pages" | "lists" | "broken" | "unknown" | "heartbeats" | "texts";

/** Few enough that a server in any language has done with them soon, many enough to see one that lets others wait. */
const floods: Readonly<Record<FloodName, Flood>> = {
  pages: {
    packets: 200,
    make(_t, peer, session_id) {
      const request = { user_id: peer.self ?? 0n, session_type: SINGLE, session_id, limit_count: PAGE } as const;
      return encodeFrame(commands.LIST_MSG_REQ, request, peer.nextSeq());
    },
  },
  lists: {
    packets: 200,
    make: (_t, peer) =>
      encodeFrame(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: peer.self ?? 0n }, peer.nextSeq()),
  },
  broken: {
    packets: 1_000,
    make: (_t, peer) => encodeRawFrame({ command_id: commands.MSG_DATA.id, seq_num: peer.nextSeq() }, BROKEN_BODY),
  },
  unknown: {
    packets: 1_000,
    make: (_t, peer) => encodeRawFrame({ command_id: FREE_COMMAND, seq_num: peer.nextSeq() }, new Uint8Array(8)),
  },
  heartbeats: {
    packets: 1_000,
    make: (_t, peer) => encodeFrame(commands.LOGIN_HEARTBEAT, {}, peer.nextSeq()),
  },
  texts: {
    packets: 400,
    make: (t, peer, friend) => encodeFrame(commands.MSG_DATA, message(t, peer, friend, "flood"), peer.nextSeq()),
  },
};

/** Packets of one client for one round. They are made before, so that the flood comes as fast as it can. */
function burst(t: CaseContext, flood: Flood, peer: Peer, friend: bigint, share: number): Uint8Array[] {
  return Array.from({ length: share }, () => flood.make(t, peer, friend));
}

/** Writes to somebody until the message has arrived. @returns milliseconds */
async function serveRound(t: CaseContext, writer: LoggedIn, reader: LoggedIn): Promise<number> {
  const begun = performance.now();
  const ack = await writer.peer.ask(commands.MSG_DATA, message(t, writer.peer, reader.user.user_id, "a round"));
  await pushOf(reader.peer, ack.client_msg_id);
  return Math.round(performance.now() - begun);
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0;
}

/** CONN-18: clients that ask for more than a server can do at once. */
export const floodCases: readonly ConformanceCase[] = defineGrid(
  {
    id: "CONN-18/flood",
    title: "clients that flood the server with requests do not delay others",
    steps: [
      "one client, or fifty, send requests as fast as they can, in three bursts: history pages, session lists, bodies that do not parse, unknown commands, heartbeats or messages",
      "carol's message to dave is acknowledged and delivered behind each burst, usually within a second",
    ],
    axes: {
      flood: ["pages", "lists", "broken", "unknown", "heartbeats", "texts"],
      number: ["1", "50"],
      transport: ["tcp", "ws"],
    },
    alone: true,
  },
  async (t, at) => {
    const flood = floods[at.flood];
    const [carol, dave] = [await t.freshLogin("carol"), await t.freshLogin("dave")];
    const friend = (await t.user()).user_id;
    const flooders: Peer[] = [];
    for (let index = 1; index <= Number(at.number); index++) {
      const { peer } = await t.freshLogin(`flood-${index}`);
      flooders.push(peer);
      if (at.flood === "pages") await sendMessages(t, peer, friend, Array<string>(PAGE).fill(PAGE_CONTENT));
    }
    const before: number[] = [];
    for (let round = 1; round <= ROUNDS; round++)
      before.push(await t.given("a round before", () => serveRound(t, carol, dave)));
    const times: number[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const open = flooders.filter((peer) => peer.closing === undefined);
      const bursts = open.map((peer) => burst(t, flood, peer, friend, flood.packets / flooders.length));
      for (const [index, packets] of bursts.entries()) {
        for (const packet of packets) open[index]?.sendBytes(packet, "a flood");
      }
      times.push(await serveRound(t, carol, dave));
    }
    // One slow round may be an unlucky one; a server that lets others wait for the flood is slow in all of them.
    const bound = Math.max(BESIDE_FLOOD_MS * t.around.timeoutScale, SLOWDOWN * median(before));
    t.ensure(
      median(times) <= bound,
      `others are usually served within ${bound} ms (before: ${median(before)} ms)`,
      `they took ${times.join(", ")} ms`,
    );
    const closed = flooders.filter((peer) => peer.closing !== undefined).length;
    if (closed > 0) t.remarks.push(`${closed} of ${flooders.length} flooding connections were closed`);
  },
);
