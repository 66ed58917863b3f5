import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects, messageOf } from "../wrap/handlers.ts";

/** SESS-12: does not answer when a user has no session. */
export const emptyListUnanswered: Mutant = {
  name: "empty-list-unanswered",
  breaks: ["SESS-12"],
  title: "does not answer when a user has no session",
  story: '"No rows" is an error of the database layer, and errors are silent.',
  apply(seams) {
    changeEffects(seams, commands.LIST_RECENT_CONTACT_SESSION_REQ, (effects) =>
      effects.filter(
        (effect) =>
          effect.kind !== "reply" ||
          messageOf(effect, commands.LIST_RECENT_CONTACT_SESSION_RSP).contact_session_list?.length !== 0,
      ),
    );
  },
};
