import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** GROUP-17: tells nobody that a member has left. */
export const leavingNotAnnounced: Mutant = {
  name: "leaving-not-announced",
  breaks: ["GROUP-17"],
  title: "tells nobody that a member has left",
  story: "Who leaves does so quietly, as in other messengers.",
  apply(seams) {
    changeEffects(seams, commands.GROUP_EXIT_REQ, (effects) =>
      effects.filter((effect) => effect.kind !== "push" || effect.command.id !== commands.MSG_DATA.id),
    );
  },
};
