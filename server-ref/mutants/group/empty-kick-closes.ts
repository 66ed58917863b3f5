import { commands } from "../../../codegen/index.ts";
import { close } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** GROUP-29: closes the connection on a kick of nobody. */
export const emptyKickCloses: Mutant = {
  name: "empty-kick-closes",
  breaks: ["GROUP-29"],
  title: "closes the connection on a kick of nobody",
  story: "An empty list fails an assertion.",
  apply(seams) {
    changeEffects(seams, commands.GROUP_KICK_OUT_MEMBER_REQ, (effects, { message }) =>
      message.member_id_list.length === 0 ? [close] : effects,
    );
  },
};
