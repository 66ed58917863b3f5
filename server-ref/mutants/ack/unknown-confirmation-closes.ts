import { commands } from "../../../codegen/index.ts";
import { close } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";
import { replacePackets } from "../wrap/packets.ts";

/** ACK-04: closes the connection when it confirms a message that does not wait for it. */
export const unknownConfirmationCloses: Mutant = {
  name: "unknown-confirmation-closes",
  breaks: ["ACK-04"],
  title: "closes the connection when it confirms a message that does not wait for it",
  story: "Removing what is not in the list is an error, and errors close connections.",
  apply(seams) {
    const waiting = new Map<bigint, Set<string>>();
    replacePackets(seams, (packet) => {
      if (!packet.isReply && packet.command.id === commands.MSG_DATA.id) {
        const ids = waiting.get(packet.connection.self) ?? new Set();
        waiting.set(packet.connection.self, ids.add((packet.message as { client_msg_id: string }).client_msg_id));
      }
      return [packet];
    });
    changeEffects(seams, commands.MSG_DATA_ACK, (effects, { self, message }) =>
      waiting.get(self)?.has(message.client_msg_id) ? effects : [...effects, close],
    );
  },
};
