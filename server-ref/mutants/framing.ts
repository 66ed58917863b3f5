import { commands, type Frame, Framer, HEADER_LENGTH, readHeader, readLength } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { watchConnections } from "./wrap/packets.ts";
import { loseFrames, wrapFramer } from "./wrap/stream.ts";

/** Mutants of section CONN: cutting the stream into packets. */
export const framingMutants: readonly Mutant[] = [
  defineMutant({
    name: "four-packets-per-read",
    breaks: ["CONN-03"],
    title: "handles at most four packets of one read and forgets the rest",
    story: "The reader cuts a buffer into an array of fixed size, which was plenty for hand-made clients.",
    apply(seams) {
      const MOST_PACKETS = 4;

      wrapFramer(seams, (framer) => {
        let left = 0;
        return {
          push(chunk) {
            framer.push(chunk);
            left = MOST_PACKETS;
          },
          next() {
            if (left > 0) {
              left--;
              return framer.next();
            }
            while (framer.next());
            return undefined;
          },
          get pendingBytes() {
            return framer.pendingBytes;
          },
        };
      });
    },
  }),
  defineMutant({
    name: "partial-packet-lost",
    breaks: ["CONN-04"],
    companions: [
      { rule: "CONN-07", reason: "packets of this size always come in several reads" },
      { rule: "CONN-03", reason: "thousands of packets sent at once come in several reads, which may end within one" },
      { rule: "MSG-05", reason: "hundreds of messages sent at once may come in several reads" },
    ],
    title: "forgets the incomplete packet at the end of each read",
    story: "Each read gets a buffer of its own, and on a developer's machine a packet always came in one piece.",
    apply(seams) {
      wrapFramer(seams, (_framer, maxLength) => {
        let framer = new Framer(maxLength);
        return {
          push(chunk) {
            framer = new Framer(maxLength);
            framer.push(chunk);
          },
          next: () => framer.next(),
          get pendingBytes() {
            return framer.pendingBytes;
          },
        };
      });
    },
  }),
  defineMutant({
    name: "split-header-lost",
    breaks: ["CONN-04"],
    title: "forgets a packet whose header comes in two pieces",
    story: "The reader waits for the rest of a body, but takes a read of less than 16 bytes for noise.",
    apply(seams) {
      wrapFramer(seams, (_framer, maxLength) => {
        let framer = new Framer(maxLength);
        return {
          push(chunk) {
            if (framer.pendingBytes < HEADER_LENGTH) framer = new Framer(maxLength);
            framer.push(chunk);
          },
          next: () => framer.next(),
          get pendingBytes() {
            return framer.pendingBytes;
          },
        };
      });
    },
  }),
  defineMutant({
    name: "empty-body-skipped",
    breaks: ["CONN-05"],
    companions: [
      { rule: "LOGIN-10", reason: "a connection whose heartbeats are skipped is closed" },
      { rule: "CONN-15", reason: "a heartbeat before login is a packet with an empty body" },
      { rule: "HB-02", reason: "heartbeats that are skipped do not keep the connection alive" },
      { rule: "ACK-03", reason: "a connection whose heartbeats are skipped is closed" },

      { rule: "HB-01", reason: "a heartbeat is a packet with an empty body" },
      { rule: "HB-04", reason: "heartbeats that are skipped do not keep the connection alive" },
    ],
    title: "skips packets without a body",
    story: 'A guard against "empty" packets tests the length of the body instead of the length of the packet.',
    apply(seams) {
      loseFrames(seams, ({ body }) => body.length === 0);
    },
  }),
  defineMutant({
    name: "bad-length-ends-everybody",
    breaks: ["CONN-06"],
    companions: [
      { rule: "CONN-17", reason: "an impossible length is input of one client that closes other clients' connections" },
    ],
    disturbsOthers: true,
    title: "closes every connection when one client sends an impossible length",
    story: "The framing error is thrown out of the loop that serves all connections.",
    apply(seams) {
      const connections = watchConnections(seams);
      seams.gate.onBadFrame = () => {
        for (const connection of connections) connection.close();
        return "close";
      };
    },
  }),
  defineMutant({
    name: "short-length-handled",
    breaks: ["CONN-06"],
    title: "takes a packet whose `length` is below 16 for one with an empty body",
    story: "The body's size is computed as max(length - 16, 0), so that nonsense becomes an empty body.",
    apply(seams) {
      wrapFramer(seams, (framer) => ({
        push(chunk) {
          const isShort = chunk.length >= HEADER_LENGTH && readLength(chunk) < HEADER_LENGTH;
          framer.push(
            isShort && framer.pendingBytes === 0 ? Buffer.from([0, 0, 0, HEADER_LENGTH, ...chunk.subarray(4)]) : chunk,
          );
        },
        next: () => framer.next(),
        get pendingBytes() {
          return framer.pendingBytes;
        },
      }));
    },
  }),
  defineMutant({
    name: "limit-off-by-one",
    breaks: ["CONN-07"],
    title: "takes packets of less than 64 KiB only, not of exactly 64 KiB",
    story: "The buffer has 65536 bytes, and the check says `>=` where it should say `>`.",
    apply(seams) {
      const { createFramer } = seams.gate;
      seams.gate.createFramer = () => createFramer(64 * 1024 - 1);
    },
  }),
  defineMutant({
    name: "undecodable-body-closes",
    breaks: ["CONN-14"],
    title: "closes the connection on a body that it cannot decode",
    story: "The decoder's error ends the loop that reads the connection.",
    apply(seams) {
      seams.gate.onUndecodableBody = () => "close";
    },
  }),
  defineMutant({
    name: "long-messages-interleave",
    breaks: ["CONN-19"],
    companions: [
      { rule: "CONN-18", reason: "the messages to the slow reader are long ones" },
      { rule: "PUSH-03", reason: "the notification that makes a group of two hundred is a long one" },
    ],
    title: "lets other packets come between the halves of a long message",
    story: "Long messages are written in two pieces, and nothing keeps a second writer from the connection meanwhile.",
    apply(seams) {
      const PIECE_BYTES = 4096;
      const PAUSE_MS = 30;

      const { write } = seams.gate;
      seams.gate.write = (socket, bytes) => {
        const { command_id, length } = readHeader(bytes);
        if (command_id !== commands.MSG_DATA.id || length <= PIECE_BYTES) return write(socket, bytes);
        write(socket, bytes.subarray(0, PIECE_BYTES));
        setTimeout(() => write(socket, bytes.subarray(PIECE_BYTES)), PAUSE_MS);
      };
    },
  }),
  defineMutant({
    name: "late-rest-given-up",
    breaks: ["CONN-04"],
    title: "gives up a packet whose rest comes more than half a second late",
    story: "Whoever sends half a packet and then nothing should not hold memory for long.",
    apply(seams) {
      const PATIENCE_MS = 500;

      wrapFramer(seams, (framer, maxLength) => {
        let current = framer;
        let last = 0;
        return {
          push(chunk) {
            const now = performance.now();
            if (current.pendingBytes >= HEADER_LENGTH && now - last > PATIENCE_MS) current = new Framer(maxLength);
            last = now;
            current.push(chunk);
          },
          next: () => current.next(),
          get pendingBytes() {
            return current.pendingBytes;
          },
        };
      });
    },
  }),
  defineMutant({
    name: "rest-of-a-full-read-lost",
    breaks: ["CONN-04"],
    companions: [{ rule: "CONN-07", reason: "the largest packet takes many reads" }],
    title: "loses the incomplete packet at the end of a read that fills the buffer",
    story: "The buffer is emptied when it is full, before what is left in it is moved to the front.",
    apply(seams) {
      const BUFFER = 65_536;

      wrapFramer(seams, (framer, maxLength) => {
        let current = framer;
        const whole: Frame[] = [];
        return {
          push(chunk) {
            current.push(chunk);
            if (chunk.length !== BUFFER) return;
            try {
              for (let frame = current.next(); frame; frame = current.next()) whole.push(frame);
              current = new Framer(maxLength);
            } catch {
              // What follows a loss is cut in the wrong places: the framer says so again when it is asked.
            }
          },
          next: () => whole.shift() ?? current.next(),
          get pendingBytes() {
            return whole.reduce((sum, { bytes }) => sum + bytes.length, current.pendingBytes);
          },
        };
      });
    },
  }),
];
