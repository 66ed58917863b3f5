import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** MSG-07: refuses a message that is sent again. */
export const duplicateRefused: Mutant = {
  name: "duplicate-refused",
  breaks: ["MSG-07"],
  title: "refuses a message that is sent again",
  story: "The unique index of the database reports an error, and errors are refusals.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      append: async (message) => {
        const outcome = await store.append(message);
        return outcome.outcome === "duplicate" ? { outcome: "refused", reason: "bad-session-type" } : outcome;
      },
    }));
  },
};
