import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** HIST-04: shows only the messages that the user has sent. */
export const ownMessagesOnly: Mutant = {
  name: "own-messages-only",
  breaks: ["HIST-04"],
  companions: [
    { rule: "HIST-09", reason: "what the peer has sent is missing" },
    { rule: "HIST-03", reason: "what the peer has sent is missing" },
  ],
  title: "shows only the messages that the user has sent",
  story: "Each sender's messages are in a table of their own, and only one is looked into.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      history: async (conversation, page) =>
        (await store.history(conversation, page))?.filter(
          (message) => conversation.session_type === 2 || message.from_user_id === conversation.self,
        ),
    }));
  },
};
