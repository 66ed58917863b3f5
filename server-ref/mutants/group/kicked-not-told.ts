import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** GROUP-28: does not push the notification of a kick to those removed. */
export const kickedNotTold: Mutant = {
  name: "kicked-not-told",
  breaks: ["GROUP-28"],
  title: "does not push the notification of a kick to those removed",
  story: "The list of members is read after the removal.",
  apply(seams) {
    changeEffects(seams, commands.GROUP_KICK_OUT_MEMBER_REQ, (effects, { message }) =>
      effects.map((effect) =>
        effect.kind === "push"
          ? { ...effect, users: effect.users.filter((user) => !message.member_id_list.includes(user)) }
          : effect,
      ),
    );
  },
};
