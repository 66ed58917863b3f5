import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** GROUP-24: does not push the notification of an invitation to those invited. */
export const invitedNotTold: Mutant = {
  name: "invited-not-told",
  breaks: ["GROUP-24"],
  title: "does not push the notification of an invitation to those invited",
  story: "The list of members is read before the new ones are added.",
  apply(seams) {
    changeEffects(seams, commands.GROUP_INVITE_MEMBER_REQ, (effects, { message }) =>
      effects.map((effect) =>
        effect.kind === "push" && effect.command.id === commands.MSG_DATA.id
          ? { ...effect, users: effect.users.filter((user) => !message.member_id_list.includes(user)) }
          : effect,
      ),
    );
  },
};
