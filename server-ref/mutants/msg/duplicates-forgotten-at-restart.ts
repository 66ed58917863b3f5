import type { Mutant } from "../mutant.ts";
import { showMessagesAs, wrapStore } from "../wrap/store.ts";

const COPY = "#copy";

/** MSG-07: knows only the messages of its own life again when they are sent again. */
export const duplicatesForgottenAtRestart: Mutant = {
  name: "duplicates-forgotten-at-restart",
  breaks: ["MSG-07"],
  title: "stores a message again that was sent before the server's last start",
  story: "What was sent is looked up in a set in memory, and the set is never filled from the store.",
  apply(seams) {
    const known = new Set<string>();
    wrapStore(seams, (store) => ({
      append: async (message) => {
        const key = `${message.from_user_id} ${message.client_msg_id}`;
        const outcome = await store.append(message);
        if (outcome.outcome !== "duplicate" || known.has(key)) {
          known.add(key);
          return outcome;
        }
        known.add(key);
        for (let copy = 1; ; copy++) {
          const again = await store.append({ ...message, client_msg_id: `${message.client_msg_id}${COPY}${copy}` });
          // An earlier start may have stored this copy.
          if (again.outcome !== "duplicate") return again;
        }
      },
    }));
    showMessagesAs(seams, (message) => ({ ...message, client_msg_id: message.client_msg_id.split(COPY)[0] ?? "" }));
  },
};
