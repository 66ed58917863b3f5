import { setTimeout as delay } from "node:timers/promises";
import { commands, encodeRawFrame } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { changeRequest, replaceHandler } from "./wrap/handlers.ts";
import { replacePackets } from "./wrap/packets.ts";
import { wrapStore } from "./wrap/store.ts";
import { loseFrames } from "./wrap/stream.ts";
import { reorderWrites } from "./wrap/writes.ts";

/** Mutants of section CONN: connections and the numbers of packets. */
export const connMutants: readonly Mutant[] = [
  defineMutant({
    name: "banner-on-connect",
    breaks: ["CONN-01"],
    companions: [
      { rule: "CONN-15", reason: "the banner is a packet before login" },
      { rule: "CONN-19", reason: "the banner is a packet that cannot be decoded" },
    ],
    title: "sends its name and version as soon as a client connects",
    story: "Text protocols greet their clients, and the operators liked to see the version with telnet.",
    apply(seams) {
      const { greet } = seams.gate;
      const banner = encodeRawFrame({ command_id: 0x0f01, seq_num: 1 }, Buffer.from("CIM 1.0 ready"));
      seams.gate.greet = (connection) => [banner, ...greet(connection)];
    },
  }),
  defineMutant({
    name: "service-id-filled",
    breaks: ["CONN-02"],
    title: "fills `service_id` with the number of the gate that sends",
    story: "With several gates it was handy in captures to see which one had sent a packet.",
    apply(seams) {
      const { encode } = seams.gate;
      seams.gate.encode = (command, message) => {
        const frame = encode(command, message);
        frame.set([0, 7], 8);
        return frame;
      };
    },
  }),
  defineMutant({
    name: "version-left-zero",
    breaks: ["CONN-02"],
    title: "leaves `version` of its own packets at 0",
    story:
      "The server builds the header with a constructor whose version defaults to 0, and its own client never looks.",
    apply(seams) {
      const { encode } = seams.gate;
      seams.gate.encode = (command, message) => {
        const frame = encode(command, message);
        frame.set([0, 0], 4);
        return frame;
      };
    },
  }),
  defineMutant({
    name: "other-version-dropped",
    breaks: ["CONN-09"],
    title: "drops packets whose `version` is not 1",
    story: "The check waits for the day on which there is a second version.",
    apply(seams) {
      loseFrames(seams, ({ header }) => header.version !== 1);
    },
  }),
  defineMutant({
    name: "reserved-fields-checked",
    breaks: ["CONN-09"],
    title: "drops packets whose `flag`, `service_id` or `reversed` is not 0",
    story: "A strict header check was written from the table of the contract, which says what senders write.",
    apply(seams) {
      loseFrames(seams, ({ header }) => (header.flag | header.service_id | header.reversed) !== 0);
    },
  }),
  defineMutant({
    name: "answers-numbered-by-counter",
    breaks: ["CONN-10"],
    companions: [
      { rule: "LOGIN-17", reason: "an answer that echoes no number is taken for the next one" },
      { rule: "VOIP-05", reason: "answers of calls are told from pushes by their number" },
      { rule: "VOIP-08", reason: "answers of calls are told from pushes by their number" },
      { rule: "VOIP-16", reason: "answers of calls are told from pushes by their number" },
      { rule: "CONN-11", reason: "answers use up numbers of the counter that pushes are numbered by" },
    ],
    title: "numbers its answers by its own counter, as it numbers pushes",
    story: "There is one function that sends packets, and it numbers them all.",
    apply(seams) {
      seams.gate.replyNumber = (_command, _requestNumber, nextPushNumber) => nextPushNumber();
    },
  }),
  defineMutant({
    name: "number-cut-to-a-byte",
    breaks: ["CONN-10"],
    companions: [{ rule: "CONN-11", reason: "the numbers from the counter are cut, too" }],
    title: "keeps only the lowest byte of the request's number",
    story: "An older protocol numbered its packets with one byte, and the field kept that type.",
    apply(seams) {
      const { replyNumber } = seams.gate;
      seams.gate.replyNumber = (command, requestNumber, nextPushNumber) =>
        replyNumber(command, requestNumber, nextPushNumber) & 0xff;
    },
  }),
  defineMutant({
    name: "counter-shared-by-all",
    breaks: ["CONN-11"],
    title: "numbers the pushes of all connections by one counter",
    story: "The counter is a field of the server, because that was simpler than one per connection.",
    apply(seams) {
      let last = 0;
      const { nextPushNumber } = seams.gate;
      seams.gate.nextPushNumber = () => {
        last = nextPushNumber(last);
        return last;
      };
    },
  }),
  defineMutant({
    name: "counter-wraps-late",
    breaks: ["CONN-11"],
    title: "counts to 65535 before it starts again at 1",
    story: "An unsigned 16-bit number goes to 65535, and that the contract stops one earlier was overlooked.",
    apply(seams) {
      seams.gate.nextPushNumber = (previous) => (previous >= 65_535 ? 1 : previous + 1);
    },
  }),
  defineMutant({
    name: "pushes-without-number",
    breaks: ["CONN-11"],
    title: "leaves the number of pushes at 0",
    story: "A push answers nothing, so there seemed to be no number to give it.",
    apply(seams) {
      replacePackets(seams, (packet) => [packet.isReply ? packet : { ...packet, seq_num: 0 }]);
    },
  }),
  defineMutant({
    name: "zero-number-echoed",
    breaks: ["CONN-12"],
    title: "answers a request numbered 0 with the number 0",
    story: "Echoing the number is one line; the exception for 0 was not read.",
    apply(seams) {
      seams.gate.replyNumber = (command, requestNumber, nextPushNumber) =>
        command.replyNumberedAsPush ? nextPushNumber() : requestNumber;
    },
  }),
  defineMutant({
    name: "zero-number-ignored",
    breaks: ["CONN-12"],
    title: "ignores requests numbered 0",
    story: 'Number 0 is taken to mean "no answer wanted", so that handling the request seemed pointless too.',
    apply(seams) {
      loseFrames(seams, ({ header }) => header.seq_num === 0 && header.command_id !== commands.LOGIN_HEARTBEAT.id);
    },
  }),
  defineMutant({
    name: "unknown-command-closes",
    breaks: ["CONN-13"],
    title: "closes the connection on a command that it does not know",
    story: "An unknown command was thought to be the work of an attacker.",
    apply(seams) {
      seams.gate.onUnknownCommand = () => "close";
    },
  }),
  defineMutant({
    name: "next-request-does-not-wait",
    breaks: ["CONN-16"],
    title: "handles the next request while a message still waits to be stored",
    story: "Messages go through a queue of their own, and whoever reads history does not look into it.",
    apply(seams) {
      const QUEUED_MS = 30;

      wrapStore(seams, (store) => ({
        append: async (message) => {
          await delay(QUEUED_MS);
          return await store.append(message);
        },
      }));
    },
  }),
  defineMutant({
    name: "slow-answers-overtaken",
    breaks: ["CONN-16"],
    title: "lets other answers overtake those to history requests",
    story: "Answers are sent when they are ready, and history takes longer than the rest.",
    apply(seams) {
      // Those who come later need not wait for them, or there would be nothing to overtake with.
      replaceHandler(seams, commands.LIST_MSG_REQ, () => ({ pipelined: true }));
      replaceHandler(seams, commands.LIST_RECENT_CONTACT_SESSION_REQ, () => ({ pipelined: true }));
      reorderWrites(seams, (frames) => [
        ...frames.filter(({ header }) => header.command_id !== commands.LIST_MSG_RSP.id),
        ...frames.filter(({ header }) => header.command_id === commands.LIST_MSG_RSP.id),
      ]);
    },
  }),
  defineMutant({
    name: "broken-pipe-fails-the-sender",
    breaks: ["CONN-20"],
    companions: [
      { rule: "CONN-16", reason: "the first message to someone who just left fails" },
      { rule: "MSG-07", reason: "the first message to someone who just left fails" },
    ],
    title: "fails the first message to a user whose last connection has just ended",
    story: "Writing to the dead connection fails, and the error travels back to whoever sent the message.",
    apply(seams) {
      const justLeft = new Set<bigint>();
      seams.userOffline.push((userId) => {
        justLeft.add(userId);
        return [];
      });
      changeRequest(seams, commands.MSG_DATA, ({ to_session_id, msg_type }) => ({
        msg_type: justLeft.delete(to_session_id) ? 0 : msg_type,
      }));
    },
  }),
  defineMutant({
    name: "one-close-silences-the-user",
    breaks: ["CONN-20"],
    companions: [{ rule: "LOGOUT-03", reason: "a logout ends one of several connections, too" }],
    title: "takes a user for offline once any of the user's connections has ended",
    story: "The table of users holds a flag, and closing a connection clears it.",
    apply(seams) {
      const most = new Map<bigint, number>();
      const { recipients } = seams.fanOut;
      seams.fanOut.recipients = (push, userId, connections, origin) => {
        const before = most.get(userId) ?? 0;
        most.set(userId, Math.max(before, connections.length));
        return connections.length < before ? [] : recipients(push, userId, connections, origin);
      };
    },
  }),
  defineMutant({
    name: "unknown-command-closes-later",
    breaks: ["CONN-13"],
    title: "closes a connection a second after an unknown command",
    story: "Suspicious connections are put on a list, and a sweep closes what is on it.",
    apply(seams) {
      const SWEEP_MS = 1_000;

      const { onUnknownCommand } = seams.gate;
      seams.gate.onUnknownCommand = (commandId, connection) => {
        setTimeout(() => connection.close(), SWEEP_MS).unref();
        return onUnknownCommand(commandId, connection);
      };
    },
  }),
  defineMutant({
    name: "eight-seconds-of-heartbeats",
    breaks: ["CONN-22"],
    title: "ends a connection that has sent nothing but heartbeats for eight seconds",
    story: "The proxy in front closes what is idle, and its heartbeats are none of those that it counts.",
    apply(seams) {
      const LONGEST_MS = 8_000;

      const timers = new Map<number, NodeJS.Timeout>();
      replacePackets(seams, (packet) => {
        const { command, connection } = packet;
        if (command.id === commands.LOGIN_HEARTBEAT.id) return [packet];
        clearTimeout(timers.get(connection.id));
        timers.set(connection.id, setTimeout(() => connection.close(), LONGEST_MS).unref());
        return [packet];
      });
    },
  }),
  defineMutant({
    name: "three-hundred-heartbeats-a-connection",
    breaks: ["CONN-22"],
    companions: [{ rule: "CONN-03", reason: "the packets of one read are heartbeats, more than 300 of them" }],
    title: "ends a connection behind its 300th heartbeat",
    story: "The library for web servers that the gate is built on has a number of requests for a connection.",
    apply(seams) {
      const beats = new Map<number, number>();
      replacePackets(seams, (packet) => {
        const { command, connection } = packet;
        if (command.id !== commands.LOGIN_HEARTBEAT.id) return [packet];
        const count = (beats.get(connection.id) ?? 0) + 1;
        beats.set(connection.id, count);
        if (count === 300) connection.close();
        return [packet];
      });
    },
  }),
];
