import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** UNREAD-05: takes the confirmation of a push for reading. */
export const confirmationReads: Mutant = {
  name: "confirmation-reads",
  breaks: ["UNREAD-05"],
  companions: [{ rule: "ACK-04", reason: "a confirmation of a message of the past reads, too" }],
  title: "takes the confirmation of a push for reading",
  story: "The client has it, so it was counted as seen.",
  apply(seams) {
    changeEffects(seams, commands.MSG_DATA_ACK, async (effects, { self, message }, context) => {
      const { session_type, to_session_id } = message;
      await context.store.markRead({ self, session_type, session_id: to_session_id }, 0n);
      return effects;
    });
  },
};
