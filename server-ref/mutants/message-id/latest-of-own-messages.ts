import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** MSGID-01: gives the newest message that the user has sent, not the newest of the conversation. */
export const latestOfOwnMessages: Mutant = {
  name: "latest-of-own-messages",
  breaks: ["MSGID-01"],
  title: "gives the newest message that the user has sent, not the newest of the conversation",
  story: "Each sender's messages are in a table of their own, and only one is looked into.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      newestMessage: async (conversation) =>
        (await store.history(conversation, { end_msg_id: 0n, limit: 100 }))?.findLast(
          (message) => message.from_user_id === conversation.self,
        ),
    }));
  },
};
