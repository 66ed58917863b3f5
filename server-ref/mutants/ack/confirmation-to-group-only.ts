import { commands } from "../../../codegen/index.ts";
import { close } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** ACK-01: closes the connection when a group message is confirmed to its sender. */
export const confirmationToGroupOnly: Mutant = {
  name: "confirmation-to-group-only",
  breaks: ["ACK-01"],
  title: "closes the connection when a group message is confirmed to its sender",
  story: "The session of a confirmation is looked up among the groups, and a session that is none is an attack.",
  apply(seams) {
    changeEffects(seams, commands.MSG_DATA_ACK, async (effects, { message }, context) =>
      message.session_type === 2 && (await context.store.groups([message.to_session_id])).length === 0
        ? [...effects, close]
        : effects,
    );
  },
};
