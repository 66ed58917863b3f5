import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** GROUP-23: answers an invitation to a group that does not exist with success. */
export const invitationToNothingSucceeds: Mutant = {
  name: "invitation-to-nothing-succeeds",
  breaks: ["GROUP-23"],
  companions: [
    { rule: "GROUP-12", reason: "a disbanded group does not exist" },
    { rule: "GROUP-09", reason: "an invitation beyond the limit is refused by the same answer" },
    { rule: "GROUP-21", reason: "an invitation by a stranger is refused by the same answer" },
  ],
  title: "answers an invitation to a group that does not exist with success",
  story: "The error is logged and the answer sent all the same, as upstream does it.",
  apply(seams) {
    changeAnswers(seams, commands.GROUP_INVITE_MEMBER_RSP, () => ({ result_code: 200 }));
  },
};
