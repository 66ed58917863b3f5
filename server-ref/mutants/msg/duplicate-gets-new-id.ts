import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** MSG-07: acknowledges a message that is sent again with the next id. */
export const duplicateGetsNewId: Mutant = {
  name: "duplicate-gets-new-id",
  breaks: ["MSG-07"],
  title: "acknowledges a message that is sent again with the next id",
  story: "The id is drawn before the duplicate is found.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      append: async (message) => {
        const outcome = await store.append(message);
        if (outcome.outcome !== "duplicate") return outcome;
        return { ...outcome, message: { ...outcome.message, server_msg_id: outcome.message.server_msg_id + 1n } };
      },
    }));
  },
};
