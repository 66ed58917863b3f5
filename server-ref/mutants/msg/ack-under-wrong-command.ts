import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { replacePackets } from "../wrap/packets.ts";

/** MSG-04: sends the acknowledgement under 0x0303 instead of 0x0302. */
export const ackUnderWrongCommand: Mutant = {
  name: "ack-under-wrong-command",
  breaks: ["MSG-04"],
  title: "sends the acknowledgement under 0x0303 instead of 0x0302",
  story: "The command ids were typed by hand, one line off.",
  apply(seams) {
    replacePackets(seams, (packet) =>
      packet.isReply && packet.command.id === commands.MSG_DATA_ACK.id
        ? [{ ...packet, command: { ...packet.command, id: commands.MSG_READ_ACK.id } }]
        : [packet],
    );
  },
};
