import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** GROUP-13: tells nobody that a group was disbanded. */
export const disbandingNotAnnounced: Mutant = {
  name: "disbanding-not-announced",
  breaks: ["GROUP-13"],
  title: "tells nobody that a group was disbanded",
  story: "There are no members any more to whom the notification could go.",
  apply(seams) {
    changeEffects(seams, commands.GROUP_DISBINGDING_REQ, (effects) => effects.filter(({ kind }) => kind !== "push"));
  },
};
