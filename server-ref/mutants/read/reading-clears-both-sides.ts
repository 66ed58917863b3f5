import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** READ-07: clears the counters of both sides when one reads. */
export const readingClearsBothSides: Mutant = {
  name: "reading-clears-both-sides",
  breaks: ["READ-07"],
  title: "clears the counters of both sides when one reads",
  story: "The two users share a conversation, and the counter is found by the conversation.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      markRead: async (conversation, upTo) => {
        const { self, session_type, session_id } = conversation;
        if (session_type === 1) await store.markRead({ self: session_id, session_type, session_id: self }, upTo);
        if (session_type === 2) {
          for (const member of (await store.members(session_id)) ?? [])
            await store.markRead({ ...conversation, self: member }, upTo);
        }
        return await store.markRead(conversation, upTo);
      },
    }));
  },
};
