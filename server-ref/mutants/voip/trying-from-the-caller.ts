import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** VOIP-02: gives the caller as `user_id` of the answer to an invitation. */
export const tryingFromTheCaller: Mutant = {
  name: "trying-from-the-caller",
  breaks: ["VOIP-02"],
  title: "gives the caller as `user_id` of the answer to an invitation",
  story: "All other answers echo the user who has asked.",
  apply(seams) {
    changeAnswers(seams, commands.VOIP_INVITE_REPLY, (_message, { self }) => ({ user_id: self }));
  },
};
