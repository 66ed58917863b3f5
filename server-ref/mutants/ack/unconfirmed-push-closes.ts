import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { replacePackets } from "../wrap/packets.ts";

/** ACK-03: closes a connection that does not confirm a push in time. */
export const unconfirmedPushCloses: Mutant = {
  name: "unconfirmed-push-closes",
  breaks: ["ACK-03"],
  title: "closes a connection that does not confirm a push in time",
  story: "A client that confirms nothing was taken for dead.",
  apply(seams) {
    const waiting = new Map<number, NodeJS.Timeout>();
    replacePackets(seams, (packet) => {
      const { connection, isReply, command } = packet;
      if (!isReply && command.id === commands.MSG_DATA.id && !waiting.has(connection.id)) {
        waiting.set(
          connection.id,
          setTimeout(() => connection.close(), seams.timers.ackTimeoutMs),
        );
      }
      return [packet];
    });
  },
};
