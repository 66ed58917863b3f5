import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changePushes } from "../wrap/packets.ts";

/** VOIP-08: does not tell the caller that the call was answered. */
export const answerNotForwarded: Mutant = {
  name: "answer-not-forwarded",
  breaks: ["VOIP-08"],
  title: "does not tell the caller that the call was answered",
  story: "The caller will hear it.",
  apply(seams) {
    changePushes(seams, commands.VOIP_INVITE_REPLY, (message) => (message.rsp_code === 200 ? undefined : message));
  },
};
