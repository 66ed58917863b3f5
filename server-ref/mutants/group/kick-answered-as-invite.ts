import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { replacePackets } from "../wrap/packets.ts";

/** GROUP-26: answers a kick under the command of the invitation's answer. */
export const kickAnsweredAsInvite: Mutant = {
  name: "kick-answered-as-invite",
  breaks: ["GROUP-26"],
  title: "answers a kick under the command of the invitation's answer",
  story: "The handler was copied from the invitation, as upstream's was.",
  apply(seams) {
    replacePackets(seams, (packet) =>
      packet.isReply && packet.command.id === commands.GROUP_KICK_OUT_MEMBER_RSP.id
        ? [{ ...packet, command: { ...packet.command, id: commands.GROUP_INVITE_MEMBER_RSP.id } }]
        : [packet],
    );
  },
};
