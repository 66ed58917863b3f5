import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** MSG-07: pushes a message again when it is sent again. */
export const duplicatePushedAgain: Mutant = {
  name: "duplicate-pushed-again",
  breaks: ["MSG-07"],
  title: "pushes a message again when it is sent again",
  story: "The duplicate is found in the store, behind which the way to the receiver goes on as ever.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      append: async (message) => {
        const outcome = await store.append(message);
        if (outcome.outcome !== "duplicate" || message.session_type !== 1) return outcome;
        return { outcome: "stored", message: outcome.message, recipients: [message.to_session_id] };
      },
    }));
  },
};
