import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** GROUP-02: lists the creator first among the members of a new group. */
export const membersInOtherOrder: Mutant = {
  name: "members-in-other-order",
  breaks: ["GROUP-02"],
  title: "lists the creator first among the members of a new group",
  story: "The owner is the first to be inserted, and the answer lists what was inserted.",
  apply(seams) {
    changeAnswers(seams, commands.GROUP_CREATE_DEFAULT_RSP, ({ member_id_list = [] }) => ({
      member_id_list: [...member_id_list.slice(-1), ...member_id_list.slice(0, -1)],
    }));
  },
};
