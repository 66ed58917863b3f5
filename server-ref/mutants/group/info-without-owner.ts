import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** GROUP-02: leaves `group_owner_id` out of the answer to a creation. */
export const infoWithoutOwner: Mutant = {
  name: "info-without-owner",
  breaks: ["GROUP-02"],
  title: "leaves `group_owner_id` out of the answer to a creation",
  story: "The creator knows who has made the group.",
  apply(seams) {
    changeAnswers(seams, commands.GROUP_CREATE_DEFAULT_RSP, ({ group_info }) => ({
      group_info: group_info && { ...group_info, group_owner_id: 0n },
    }));
  },
};
