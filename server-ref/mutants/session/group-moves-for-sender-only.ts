import type { Mutant } from "../mutant.ts";
import { changeSessions, wrapStore } from "../wrap/store.ts";

/** SESS-08: moves a group up in the sender's list alone. */
export const groupMovesForSenderOnly: Mutant = {
  name: "group-moves-for-sender-only",
  breaks: ["SESS-08"],
  title: "moves a group up in the sender's list alone",
  story: "The session that is updated is that of the message's sender.",
  apply(seams) {
    const wrote = new Map<string, number>();
    wrapStore(seams, (store) => ({
      append: async (message) => {
        if (message.session_type === 2)
          wrote.set(`${message.from_user_id} ${message.to_session_id}`, message.create_time);
        return await store.append(message);
      },
    }));
    const seen = new Map<string, number>();
    changeSessions(seams, (sessions, userId) =>
      sessions.map((session) => {
        if (session.session_type !== 2) return session;
        const name = `${userId} ${session.session_id}`;
        const first = seen.get(name) ?? session.updated_time;
        seen.set(name, first);
        return { ...session, updated_time: Math.max(first, wrote.get(name) ?? 0) };
      }),
    );
  },
};
