import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** VOIP-01: takes the first user of an invitation that names several. */
export const severalCalledAtOnce: Mutant = {
  name: "several-called-at-once",
  breaks: ["VOIP-01"],
  title: "takes the first user of an invitation that names several",
  story: "The list is read by its first entry.",
  apply(seams) {
    changeRequest(seams, commands.VOIP_INVITE_REQ, ({ invite_user_list }) => ({
      invite_user_list: invite_user_list.slice(0, 1),
    }));
  },
};
