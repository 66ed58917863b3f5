import { commands } from "../../../codegen/index.ts";
import { reply } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** GROUP-30: shows a group's members to everybody. */
export const membersShownToStrangers: Mutant = {
  name: "members-shown-to-strangers",
  breaks: ["GROUP-30"],
  title: "shows a group's members to everybody",
  story: "The group's id is all that the query needs.",
  apply(seams) {
    changeEffects(seams, commands.GROUP_LIST_MEMBER_REQ, async (effects, { self, message }, context) => {
      const member_id_list = (await context.store.members(message.group_id)) ?? [];
      return effects.map((effect) =>
        effect.kind === "reply"
          ? reply(commands.GROUP_LIST_MEMBER_RSP, { user_id: self, group_id: message.group_id, member_id_list })
          : effect,
      );
    });
  },
};
