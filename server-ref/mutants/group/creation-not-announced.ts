import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** GROUP-08: does not push the notification of a new group. */
export const creationNotAnnounced: Mutant = {
  name: "creation-not-announced",
  breaks: ["GROUP-08"],
  title: "does not push the notification of a new group",
  story: "It is in the history, where members will find it when they open the group.",
  apply(seams) {
    changeEffects(seams, commands.GROUP_CREATE_DEFAULT_REQ, (effects) => effects.filter(({ kind }) => kind !== "push"));
  },
};
