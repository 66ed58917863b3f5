import { commands } from "../../../codegen/index.ts";
import { close } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** GROUP-25: closes the connection on an invitation of nobody. */
export const emptyInvitationCloses: Mutant = {
  name: "empty-invitation-closes",
  breaks: ["GROUP-25"],
  title: "closes the connection on an invitation of nobody",
  story: "An empty list fails an assertion.",
  apply(seams) {
    changeEffects(seams, commands.GROUP_INVITE_MEMBER_REQ, (effects, { message }) =>
      message.member_id_list.length === 0 ? [close] : effects,
    );
  },
};
