import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";

/** VOIP-04: rings one device of the called user alone. */
export const invitationToOneDevice: Mutant = {
  name: "invitation-to-one-device",
  breaks: ["VOIP-04"],
  title: "rings one device of the called user alone",
  story: "The call goes to the device that was used last.",
  apply(seams) {
    const { recipients } = seams.fanOut;
    seams.fanOut.recipients = (push, userId, connections, origin) => {
      const chosen = recipients(push, userId, connections, origin);
      return push.command.id === commands.VOIP_INVITE_REQ.id ? chosen.slice(-1) : chosen;
    };
  },
};
