import { commands } from "../../../codegen/index.ts";
import { push } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** READ-06: tells the user with the group's number that the group was read. */
export const groupReadingNotifiesAUser: Mutant = {
  name: "group-reading-notifies-a-user",
  breaks: ["READ-06"],
  title: "tells the user with the group's number that the group was read",
  story: "The notify goes to `session_id`, which nobody asked whether it is a user.",
  apply(seams) {
    changeEffects(seams, commands.MSG_READ_ACK, (effects, { self, message }) =>
      message.session_type === 2
        ? [...effects, push([message.session_id], commands.MSG_READ_NOTIFY, { ...message, user_id: self })]
        : effects,
    );
  },
};
