import { commands, encodeFrame, encodeRawFrame, HEADER_LENGTH } from "../../codegen/index.ts";
import { type ConformanceCase, isCaseEnd, type Peer, RuleFailure, TIMER_GRACE_MS } from "../../harness/runner/index.ts";
import { FREE_COMMANDS } from "./conn.ts";
import { defineGrid } from "./define.ts";
import { message, paddedFrame, prepare, stillServed } from "./setup/index.ts";

const LIST = commands.LIST_RECENT_CONTACT_SESSION_REQ;
const { replyId: HEARTBEAT_ANSWER } = commands.LOGIN_HEARTBEAT;
/** How long a pause inside a packet is, as a share of the heartbeat timeout. */
const PAUSE = 0.75;
/** Bytes sent in one write, more than any server reads at once. */
const STREAM_BYTES = 384 * 1024;
const untilTimeout = ({ heartbeat }: { heartbeat: number }): number => heartbeat + TIMER_GRACE_MS;

/** How many answers of a command have come behind a mark, once there are enough, or none come any more. */
async function countAnswers(
  peer: Peer,
  mark: number,
  replyId: number | undefined,
  enough: number,
  waitMs: number,
): Promise<number> {
  const came = (): number => peer.inbox.since(mark).filter(({ frame }) => frame.header.command_id === replyId).length;
  // Counting is for the end: every packet that comes asks whether it was the last.
  const all = () => (peer.closing || (peer.inbox.length - mark >= enough && came() >= enough) ? true : undefined);
  await peer.until(all, waitMs);
  return came();
}

/** CONN: many packets, long pauses, every place to cut, and what stays true a while later. */
export const connVariantCases: readonly ConformanceCase[] = [
  ...defineGrid(
    {
      id: "CONN-03/number",
      needs: ["stream"],
      title: "any number of packets in one write are all handled",
      steps: ["send a number of heartbeats and a message in one write", "each heartbeat and the message are answered"],
      axes: { number: ["128", "256", "1024", "1100", "4100"] },
    },
    async (t, at) => {
      const bob = await t.user();
      const { peer } = await t.freshLogin("alice");
      const count = Number(at.number);
      await t.given("the answer to one heartbeat", () => peer.ask(commands.LOGIN_HEARTBEAT, {}));
      const beats = Array.from({ length: count }, () => encodeFrame(commands.LOGIN_HEARTBEAT, {}, peer.nextSeq()));
      const text = prepare(peer, commands.MSG_DATA, message(t, peer, bob.user_id, "behind them all"));
      const mark = peer.inbox.length;
      peer.sendBytes(Buffer.concat([...beats, text.bytes]), undefined);
      const came = await countAnswers(peer, mark, HEARTBEAT_ANSWER, count, 3 * t.patienceMs);
      // A heartbeat of the connection's own may have been answered, too.
      t.ensure(came >= count, `answers to ${count} heartbeats`, `${came} answers`);
      await peer.answer(text.sent);
    },
  ),
  ...defineGrid(
    {
      id: "CONN-04/pause",
      needs: ["stream"],
      title: "a pause inside a packet as long as the heartbeat timeout allows does no harm",
      steps: [
        "log in and send the beginning of a packet: a part of its header, all of it, or all but the last byte",
        "let three quarters of the heartbeat timeout pass",
        "send the rest and another packet: both are answered",
      ],
      waits: ({ heartbeat }) => heartbeat * PAUSE,
      axes: { position: ["first", "middle", "last"] },
    },
    async (t, at) => {
      const bob = await t.user();
      const peer = await t.loginWithoutHeartbeat(await t.account(), "alice");
      const slow = prepare(peer, commands.MSG_DATA, message(t, peer, bob.user_id, "slowly"));
      const next = prepare(peer, LIST, { user_id: peer.self ?? 0n });
      const cut = { first: HEADER_LENGTH / 2, middle: HEADER_LENGTH, last: slow.bytes.length - 1 }[at.position];
      peer.sendBytes(slow.bytes.subarray(0, cut), undefined);
      await t.elapse(t.around.timers.heartbeat * PAUSE);
      t.requires(peer.closing === undefined, "the connection was closed before its heartbeat was due");
      peer.sendBytes(Buffer.concat([slow.bytes.subarray(cut), next.bytes]), undefined);
      try {
        await peer.answer(slow.sent);
        await peer.answer(next.sent);
      } catch (error) {
        if (isCaseEnd(error)) throw error;
        throw new RuleFailure(`a packet with a pause behind byte ${cut} is handled`, (error as Error).message);
      }
    },
  ),
  ...defineGrid(
    {
      id: "CONN-04/across-reads",
      needs: ["stream"],
      title: "packets that lie across the ends of the server's reads are handled, however long they are",
      steps: ["send 384 KiB of packets of a length in one write", "each is answered"],
      axes: { length: ["1023B", "4095B", "16383B"] },
    },
    async (t, at) => {
      const { peer } = await t.freshLogin("alice");
      const request = { user_id: peer.self ?? 0n };
      await t.given("the answer to one request", () => peer.ask(LIST, request));
      const length = Number(at.length.slice(0, -1));
      const count = Math.ceil(STREAM_BYTES / length);
      const frames = Array.from({ length: count }, () => paddedFrame(LIST, request, peer.nextSeq(), length));
      const mark = peer.inbox.length;
      peer.sendBytes(Buffer.concat(frames), undefined);
      const came = await countAnswers(peer, mark, LIST.replyId, count, 3 * t.patienceMs);
      t.equal(came, count, `the number of answers to ${count} packets of ${length} bytes`);
    },
  ),
  ...defineGrid(
    {
      id: "CONN-13/stays-open",
      title: "a connection stays open after unknown commands, and not just for a moment",
      steps: [
        "send a number of packets with unknown commands",
        "with heartbeats, the connection is open and served until the heartbeat timeout has passed",
      ],
      waits: untilTimeout,
      axes: { number: ["1", "100"], transport: ["tcp", "ws"] },
    },
    async (t, at) => {
      const { peer } = await t.freshLogin("alice");
      const control = await t.freshLogin("bob");
      for (let index = 0; index < Number(at.number); index++) {
        const command_id = FREE_COMMANDS[index % FREE_COMMANDS.length] ?? 0;
        peer.sendBytes(encodeRawFrame({ command_id, seq_num: 4_242 }, new Uint8Array([8, 1])), "unknown command");
      }
      await stillServed(peer, "unknown commands");
      await t.elapse(untilTimeout(t.around.timers));
      t.requires((await control.peer.fence()) === "answered", "a connection that sent nothing wrong was closed, too");
      await stillServed(peer, "unknown commands some time ago");
    },
  ),
  ...defineGrid(
    {
      id: "CONN-14/stays-open",
      title: "a connection stays open after bodies that do not parse, and not just for a moment",
      steps: [
        "send a number of session list requests whose bodies do not parse",
        "with heartbeats, the connection is open and served until the heartbeat timeout has passed",
      ],
      waits: untilTimeout,
      axes: { number: ["1", "100"], transport: ["tcp", "ws"] },
    },
    async (t, at) => {
      const { peer } = await t.freshLogin("alice");
      const control = await t.freshLogin("bob");
      for (let index = 0; index < Number(at.number); index++) {
        const header = { command_id: LIST.id, seq_num: peer.nextSeq() };
        peer.sendBytes(encodeRawFrame(header, Buffer.alloc(9, 0xff)), "a body that is no message");
      }
      await stillServed(peer, "bodies that do not parse");
      await t.elapse(untilTimeout(t.around.timers));
      t.requires((await control.peer.fence()) === "answered", "a connection that sent nothing wrong was closed, too");
      await stillServed(peer, "bodies that did not parse some time ago");
    },
  ),
];
