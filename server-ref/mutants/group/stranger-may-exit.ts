import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** GROUP-14: answers the exit of somebody who is no member with success. */
export const strangerMayExit: Mutant = {
  name: "stranger-may-exit",
  breaks: ["GROUP-14"],
  companions: [{ rule: "GROUP-15", reason: "the owner may exit, too" }],
  title: "answers the exit of somebody who is no member with success",
  story: "Removing nothing is no error to the database.",
  apply(seams) {
    changeAnswers(seams, commands.GROUP_EXIT_RSP, () => ({ result_code: 200 }));
  },
};
