import { commands, readLength } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { wrapHandle } from "./wrap/handlers.ts";
import { watchConnections } from "./wrap/packets.ts";
import { wrapFramer } from "./wrap/stream.ts";
import { holdWrites } from "./wrap/writes.ts";

/** Mutants of section CONN: clients that lie, flood or do not read. */
export const hostileMutants: readonly Mutant[] = [
  defineMutant({
    name: "buffer-of-announced-size",
    breaks: ["CONN-08"],
    title: "reserves a buffer of the announced `length` as soon as the header is there",
    story: "Reading straight into a buffer of the right size saves a copy, and nobody thought of headers that lie.",
    apply(seams) {
      wrapFramer(seams, (framer, maxLength) => {
        const buffers: Buffer[] = [];
        return {
          push(chunk) {
            if (framer.pendingBytes === 0 && chunk.length >= 4) {
              const length = readLength(chunk);
              if (length <= maxLength) buffers.splice(0, 1, Buffer.alloc(length, 1));
            }
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
    name: "early-command-ignored",
    breaks: ["CONN-15"],
    title: "ignores commands before login and leaves the connection open",
    story: "The check for login was written once, in front of every handler, as `if (!loggedIn) return`.",
    apply(seams) {
      seams.gate.onEarlyCommand = () => "ignore";
    },
  }),
  defineMutant({
    name: "early-heartbeat-answered",
    breaks: ["CONN-15"],
    title: "answers heartbeats before login",
    story: "A heartbeat needs no user, so its handler was left out of the check for login.",
    apply(seams) {
      seams.gate.onEarlyCommand = (commandId) => (commandId === commands.LOGIN_HEARTBEAT.id ? "handle" : "close");
    },
  }),
  defineMutant({
    name: "packets-behind-early-handled",
    breaks: ["CONN-15"],
    title: "still handles the packets behind a command that came before login",
    story: "Closing takes effect in the next turn of the event loop, and until then the loop over the read goes on.",
    apply(seams) {
      seams.gate.onEarlyCommand = (_commandId, connection) => {
        setImmediate(() => connection.close());
        return "ignore";
      };
    },
  }),
  defineMutant({
    name: "missing-channel-ends-everybody",
    breaks: ["CONN-17"],
    disturbsOthers: true,
    title: "closes every connection when a bye has no `channel_info`",
    story: "The missing sub-message is a nil dereference, and the process supervisor restarts the gate.",
    apply(seams) {
      const connections = watchConnections(seams);
      wrapHandle(seams, commands.VOIP_BYE_REQ, (request, context, original) => {
        if (request.message.channel_info) return original(request, context);
        for (const connection of connections) connection.close();
        return [];
      });
    },
  }),
  defineMutant({
    name: "incoming-without-limit",
    breaks: ["CONN-23"],
    title: "takes as many bytes of packets that are not whole as come",
    story: "Each connection may begin one packet of the largest size, and nobody multiplied that by the connections.",
    apply(seams) {
      seams.gate.incomingLimit = () => Number.POSITIVE_INFINITY;
    },
  }),
  defineMutant({
    name: "newest-holder-goes",
    breaks: ["CONN-23"],
    title: "closes who began the last packet when all together hold too much, and not who holds the most",
    story: "Whoever comes when the room is full has to go: looking for the largest would take a sorted list.",
    apply(seams) {
      seams.gate.firstToGo = (held) => [...held.keys()].at(-1);
    },
  }),
  defineMutant({
    name: "slow-reader-holds-everybody",
    breaks: ["CONN-18"],
    disturbsOthers: true,
    title: "writes to nobody while one client does not read",
    story: "One thread writes to all connections and waits until each has taken its bytes.",
    apply(seams) {
      /** More than any client that reads leaves waiting. */
      const HELD_UP_BYTES = 512 * 1024;

      /** How long the writer waits for one client, in milliseconds. */
      const PATIENCE_MS = 4_000;

      const waitedFor = new WeakSet<object>();
      const { write } = seams.gate;
      seams.gate.write = (socket, bytes) => {
        write(socket, bytes);
        // It waits for a client once: another time for each packet would outlast the client by minutes.
        if (socket.backlog <= HELD_UP_BYTES || waitedFor.has(socket)) return;
        waitedFor.add(socket);
        hold(PATIENCE_MS);
      };
      const hold = holdWrites(seams);
    },
  }),
];
