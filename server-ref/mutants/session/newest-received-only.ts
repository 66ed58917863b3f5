import type { Mutant } from "../mutant.ts";
import { changeSessions } from "../wrap/store.ts";

/** SESS-04: shows the newest message that was received, not the newest of both sides. */
export const newestReceivedOnly: Mutant = {
  name: "newest-received-only",
  breaks: ["SESS-04"],
  title: "shows the newest message that was received, not the newest of both sides",
  story: "Each direction has a table of its own, and only one is looked into.",
  apply(seams) {
    changeSessions(
      seams,
      async (sessions, self, store) =>
        await Promise.all(
          sessions.map(async (session) => {
            if (session.session_type !== 1 || session.newest.from_user_id !== self) return session;
            const { session_type, session_id } = session;
            const page = await store.history({ self, session_type, session_id }, { end_msg_id: 0n, limit: 100 });
            const newest = page?.findLast((message) => message.from_user_id !== self);
            return newest ? { ...session, newest } : session;
          }),
        ),
    );
  },
};
