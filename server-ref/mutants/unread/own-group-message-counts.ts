import type { Mutant } from "../mutant.ts";
import { changeSessions, wrapStore } from "../wrap/store.ts";

/** UNREAD-02: counts a member's own group messages as unread. */
export const ownGroupMessageCounts: Mutant = {
  name: "own-group-message-counts",
  breaks: ["UNREAD-02"],
  title: "counts a member's own group messages as unread",
  story: "The count is the group's total minus what was read, and sending reads nothing.",
  apply(seams) {
    const own = new Map<string, number>();
    wrapStore(seams, (store) => ({
      append: async (message) => {
        const outcome = await store.append(message);
        const name = `${message.from_user_id} ${message.to_session_id}`;
        if (outcome.outcome === "stored" && message.session_type === 2) own.set(name, (own.get(name) ?? 0) + 1);
        return outcome;
      },
      markRead: (conversation, upTo) => {
        own.delete(`${conversation.self} ${conversation.session_id}`);
        return store.markRead(conversation, upTo);
      },
    }));
    changeSessions(seams, (sessions, userId) =>
      sessions.map((session) => {
        const more = session.session_type === 2 ? (own.get(`${userId} ${session.session_id}`) ?? 0) : 0;
        return { ...session, unread_cnt: session.unread_cnt + more };
      }),
    );
  },
};
