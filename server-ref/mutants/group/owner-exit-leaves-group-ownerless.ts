import { commands } from "../../../codegen/index.ts";
import { reply } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** GROUP-15: answers the owner's exit with success and keeps the owner. */
export const ownerExitLeavesGroupOwnerless: Mutant = {
  name: "owner-exit-leaves-group-ownerless",
  breaks: ["GROUP-15"],
  companions: [{ rule: "GROUP-14", reason: "the exit that must be refused is one of the owner's" }],
  title: "answers the owner's exit with success and keeps the owner",
  story: "The owner's row is protected in the database, and nobody looks whether a row was removed.",
  apply(seams) {
    changeEffects(seams, commands.GROUP_EXIT_REQ, async (effects, { self, message }, context) => {
      const [group] = await context.store.groups([message.group_id]);
      return group?.group_owner_id === self
        ? [reply(commands.GROUP_EXIT_RSP, { user_id: self, group_id: message.group_id, result_code: 200 })]
        : effects;
    });
  },
};
