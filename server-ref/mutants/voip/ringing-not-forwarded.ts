import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changePushes } from "../wrap/packets.ts";

/** VOIP-07: does not tell the caller that the other side rings. */
export const ringingNotForwarded: Mutant = {
  name: "ringing-not-forwarded",
  breaks: ["VOIP-07"],
  companions: [{ rule: "VOIP-09", reason: "the complete reply that follows the broken one is a 180" }],
  title: "does not tell the caller that the other side rings",
  story: "Only the answer seemed to matter.",
  apply(seams) {
    changePushes(seams, commands.VOIP_INVITE_REPLY, (message) => (message.rsp_code === 180 ? undefined : message));
  },
};
