import type { Mutant } from "../mutant.ts";
import { changeSessions } from "../wrap/store.ts";

/** SESS-08: moves a group up in the sender's list alone. */
export const groupMovesForSenderOnly: Mutant = {
  name: "group-moves-for-sender-only",
  breaks: ["SESS-08"],
  title: "moves a group up in the sender's list alone",
  story: "The session that is updated is that of the message's sender.",
  apply(seams) {
    changeSessions(
      seams,
      async (sessions, self, store) =>
        await Promise.all(
          sessions.map(async (session) => {
            const { session_type, session_id } = session;
            if (session_type !== 2) return session;
            const page = await store.history({ self, session_type, session_id }, { end_msg_id: 0n, limit: 1000 });
            const own = page?.findLast((message) => message.from_user_id === self) ?? page?.[0];
            return own ? { ...session, updated_time: own.create_time } : session;
          }),
        ),
    );
  },
};
