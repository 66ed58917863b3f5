import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** HIST-04: shows a one-to-one history only from the user's own first message on. */
export const beginsWithOwnMessage: Mutant = {
  name: "begins-with-own-message",
  breaks: ["HIST-04"],
  companions: [{ rule: "LOGIN-17", reason: "what the peer wrote first is missing in the user's own request" }],
  title: "shows a one-to-one history only from the user's own first message on",
  story: "As in a group, a conversation was taken to begin for a user when the user joins it.",
  apply(seams) {
    /** By user and peer: the first message that the user has sent there. */
    const first = new Map<string, bigint>();
    wrapStore(seams, (store) => ({
      append: async (message) => {
        const outcome = await store.append(message);
        const key = `${message.from_user_id} ${message.to_session_id}`;
        if (outcome.outcome !== "refused" && !first.has(key)) first.set(key, outcome.message.server_msg_id);
        return outcome;
      },
      history: async (conversation, page) => {
        const begins = first.get(`${conversation.self} ${conversation.session_id}`) ?? 0n;
        const messages = await store.history(conversation, page);
        return conversation.session_type === 2 ? messages : messages?.filter((one) => one.server_msg_id >= begins);
      },
    }));
  },
};
