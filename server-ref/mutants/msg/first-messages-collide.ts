import type { Mutant } from "../mutant.ts";
import { conversationName, wrapStore } from "../wrap/store.ts";

/** MSG-18: refuses one of two first messages that cross. */
export const firstMessagesCollide: Mutant = {
  name: "first-messages-collide",
  breaks: ["MSG-18"],
  companions: [
    { rule: "HIST-05", reason: "the case sends many first messages at once and counts what is stored" },
    { rule: "HIST-06", reason: "the case sends many first messages at once and counts what is stored" },
    { rule: "SYS-02", reason: "the case sends many first messages at once and counts what is stored" },
    { rule: "MSG-05", reason: "one of the messages that arrive together is missing" },
    { rule: "CONN-16", reason: "the first of several messages in a row is still under way when the second comes" },
  ],
  title: "refuses one of two first messages that cross",
  story: "Both insert the session, and the unique key makes the second transaction fail.",
  apply(seams) {
    const creating = new Set<string>();
    wrapStore(seams, (store) => ({
      append: async (message) => {
        const name = conversationName(message);
        if (creating.has(name)) return { outcome: "refused", reason: "bad-session-type" };
        const { from_user_id: self, to_session_id: session_id, session_type } = message;
        creating.add(name);
        const begun = await store.newestMessage({ self, session_type, session_id });
        if (begun) creating.delete(name);
        const outcome = await store.append(message);
        creating.delete(name);
        return outcome;
      },
    }));
  },
};
