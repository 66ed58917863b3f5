import type { Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { CIMMsgType, commands, encodeRawFrame, type Frame, Framer } from "../../codegen/index.ts";
import { seededRandom } from "../../harness/runner/seeded-random.ts";
import { type LimitName, limits } from "../../scenarios/rules/index.ts";
import type { Mutant } from "../../server-ref/index.ts";
import { changePushes } from "../../server-ref/mutants/wrap/packets.ts";
import { changeSessions, type StoredMessage, showMessagesAs, wrapStore } from "../../server-ref/mutants/wrap/store.ts";
import type { Seams } from "../../server-ref/seams.ts";
import { limitTo, type OwnLimits } from "./limited.ts";
import { late, perFrame } from "./passages.ts";
import type { Passage } from "./proxy.ts";

/** A correct server that is not like the reference server in one respect that the rules leave free. */
export interface DifferentServer {
  readonly name: string;
  readonly title: string;
  /** Done inside the reference server. */
  readonly apply?: (seams: Seams) => void;
  /** Done to its connections by a proxy; called once per connection. */
  readonly passage?: () => Passage;
  /** What a user with such a server gives as `--timeout-scale`. Default: 1. */
  readonly timeoutScale?: number;
  /** Whether it nearly only waits: then many cases may run beside one another. */
  readonly isIdle?: boolean;
  /** What it states that it keeps no more of. */
  readonly limits?: OwnLimits;
}

/** The lowest that may be stated: with less no server is right. */
const LOWEST: OwnLimits = Object.fromEntries(
  Object.entries(limits).map(([name, { least }]) => [name, least]),
) as Record<LimitName, number>;

/** What is added to the ids that the reference server counts from 1. */
const IDS_BEFORE = 1_000n;
const random = seededRandom(20_261_124, "different servers");

/** Passes packets on in their order, each after a time of its own. */
function delayed(longestMs: number): Passage {
  return late(
    (pass) => perFrame((frame, client) => pass(frame.bytes, client)),
    () => random.integer(longestMs + 1),
  );
}

/** Field 1000 with a varint: no message of the contract has it. */
const UNKNOWN_FIELD = Uint8Array.of(0xc0, 0x3e, 0x2a);

function withUnknownField({ header: { length: _, ...header }, body }: Frame): Uint8Array {
  return encodeRawFrame(header, Buffer.concat([body, body.length > 0 ? UNKNOWN_FIELD : body]));
}

/** So many bytes of a connection leave one by one; thousands of messages in a row would take minutes so. */
const BYTES_ALONE = 1_024;

/** Writes byte by byte, with turns of the event loop between some of them, so that reads end everywhere, too. */
function byteByByte(): Passage {
  let left = BYTES_ALONE;
  let last: Promise<void> = Promise.resolve();
  const write = async (packet: Uint8Array, client: Socket): Promise<void> => {
    const alone = Math.min(left, packet.length);
    left -= alone;
    for (let at = 0; at < alone && !client.destroyed; at++) {
      client.write(packet.subarray(at, at + 1));
      if (random.integer(8) === 0) await setImmediate();
    }
    if (alone < packet.length && !client.destroyed) client.write(packet.subarray(alone));
  };
  return {
    ...perFrame(({ bytes }, client) => {
      last = last.then(() => write(bytes, client));
    }),
    onServerEnd(client) {
      last = last.then(() => void client.end());
    },
  };
}

/** Names the users of a notification in another order, their nicknames likewise. */
function inOtherOrder(message: StoredMessage): StoredMessage {
  if (message.msg_type !== CIMMsgType.kCIM_MSG_TYPE_NOTIFACATION) return message;
  const content = JSON.parse(Buffer.from(message.msg_data).toString()) as { data: Record<string, unknown> };
  for (const list of [content.data["ids"], content.data["nickNames"]]) if (Array.isArray(list)) list.reverse();
  return { ...message, msg_data: Buffer.from(JSON.stringify(content)) };
}

/** Where a rule leaves the order of a list or of what is equally new free, the other way round. */
function listsReversed(seams: Seams): void {
  wrapStore(seams, (store) => ({
    groupsOf: async (userId) => (await store.groupsOf(userId)).reverse(),
    groups: async (ids) => (await store.groups(ids)).reverse(),
    members: async (groupId) => (await store.members(groupId))?.reverse(),
    newestUsers: async (except, limit) => (await store.newestUsers(except, limit)).reverse(),
  }));
  changeSessions(seams, (sessions) => sessions.reverse().sort((one, other) => other.updated_time - one.updated_time));
  changePushes(seams, commands.GROUP_MEMBER_CHANGED_NOTIFY, ({ changed_list = [] }) => ({
    changed_list: changed_list.toReversed(),
  }));
  showMessagesAs(seams, inOtherOrder);
}

function silentRefusals({ gate }: Seams): void {
  gate.outgoing = (packet) => {
    const { result_code, res_code } = packet.message as { result_code?: number; res_code?: number };
    const isLogin =
      packet.command.id === commands.LOGIN_AUTH_RSP.id || packet.command.id === commands.LOGIN_AUTH_TOKEN_RSP.id;
    const refuses =
      packet.isReply &&
      !isLogin &&
      ((result_code ?? 200) !== 200 || (packet.command.id === commands.MSG_DATA_ACK.id && res_code !== 1));
    return refuses ? [] : [packet];
  };
}

export const differentServers: readonly DifferentServer[] = [
  {
    name: "ids-from-1001",
    title: "counts messages from 1001",
    apply(seams) {
      wrapStore(seams, (store) => ({
        history: (conversation, { end_msg_id: end, limit }) =>
          store.history(conversation, {
            end_msg_id: end === 0n || end > IDS_BEFORE + 1n ? (end === 0n ? 0n : end - IDS_BEFORE) : 1n,
            limit,
          }),
        markRead: (conversation, upTo) =>
          upTo !== 0n && upTo <= IDS_BEFORE
            ? Promise.resolve(true)
            : store.markRead(conversation, upTo === 0n ? 0n : upTo - IDS_BEFORE),
      }));
      showMessagesAs(seams, (message) => ({ ...message, server_msg_id: message.server_msg_id + IDS_BEFORE }));
    },
  },
  {
    name: "delayed",
    title: "sends every packet up to 300 ms late, in order",
    passage: () => delayed(300),
    timeoutScale: 4,
    isIdle: true,
  },
  {
    name: "unknown-fields",
    title: "adds a field to every message that the contract does not have",
    passage: () => perFrame((frame, client) => void client.write(withUnknownField(frame))),
  },
  { name: "lists-reversed", title: "shows lists in another order where that is free", apply: listsReversed },
  {
    name: "own-limits",
    title: "keeps as few of everything as it may, and says so",
    apply: limitTo(LOWEST),
    limits: LOWEST,
  },
  { name: "silent-refusals", title: "refuses by silence, as upstream does", apply: silentRefusals },
  {
    name: "heartbeats-echoed",
    title: "echoes the number of heartbeats",
    apply({ gate }) {
      const { replyNumber } = gate;
      gate.replyNumber = (command, number, next) => (number === 0 ? replyNumber(command, number, next) : number);
    },
  },
  {
    name: "heartbeats-only-count",
    title: "counts only heartbeats as a sign of life, as upstream does",
    apply({ timers }) {
      timers.isSignOfLife = (commandId) => commandId === commands.LOGIN_HEARTBEAT.id;
    },
  },
  {
    name: "pushes-interleaved",
    title: "sends pushes before the answers that leave together with them",
    apply({ gate }) {
      const { write } = gate;
      gate.write = (socket, bytes) => {
        const framer = new Framer();
        framer.push(bytes);
        const frames: Frame[] = [];
        for (let frame = framer.next(); frame; frame = framer.next()) frames.push(frame);
        const isPush = ({ header }: Frame): boolean => header.command_id === commands.MSG_DATA.id;
        const isFirst = frames[0] && [0x0102, 0x0108].includes(frames[0].header.command_id);
        const order = isFirst ? frames : [...frames.filter(isPush), ...frames.filter((frame) => !isPush(frame))];
        write(socket, Buffer.concat(order.map((frame) => frame.bytes)));
      };
    },
  },
  {
    name: "byte-by-byte",
    title: "writes each byte of its answers by itself",
    passage: byteByByte,
    timeoutScale: 4,
  },
  {
    name: "coalescing",
    title: "gathers what it sends for 40 ms and writes it in one piece",
    passage() {
      let gathered: Uint8Array[] = [];
      const flush = (client: Socket): void => {
        if (gathered.length > 0) client.write(Buffer.concat(gathered));
        gathered = [];
      };
      return {
        toClient(bytes, client) {
          if (gathered.push(bytes) === 1) setTimeout(() => flush(client), 40);
        },
        onServerEnd(client) {
          flush(client);
          client.end();
        },
      };
    },
  },
  {
    name: "closing-by-reset",
    title: "closes connections by a reset",
    passage: () => ({
      // A reset overtakes what the client has not read yet, so that it is given a moment.
      onServerEnd: (client) => void setTimeout(() => client.resetAndDestroy(), 20),
    }),
  },
];

/** The server as something that `serve` and the proof can start. */
export function asMutant({ name, title, apply }: DifferentServer): Mutant {
  return { name, breaks: [], title, story: "The rules leave it free.", apply: apply ?? (() => {}) };
}
