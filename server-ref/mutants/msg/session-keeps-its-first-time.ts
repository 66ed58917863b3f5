import type { Mutant } from "../mutant.ts";
import { changeSessions } from "../wrap/store.ts";

/** MSG-18: leaves a session's update time as it was when the session was made. */
export const sessionKeepsItsFirstTime: Mutant = {
  name: "session-keeps-its-first-time",
  breaks: ["MSG-18"],
  companions: [{ rule: "SESS-02", reason: "sessions whose times stand still are not in the order of their messages" }],
  title: "leaves a session's update time as it was when the session was made",
  story: 'The session is inserted "or ignored", and the update beside it was forgotten.',
  apply(seams) {
    const made = new Map<string, number>();
    changeSessions(seams, (sessions, userId) =>
      sessions
        .map((session) => {
          if (session.session_type === 2) return session;
          const name = `${[userId, session.session_id].sort()}`;
          const first = made.get(name) ?? session.updated_time;
          made.set(name, first);
          return { ...session, updated_time: first };
        })
        .sort((a, b) => b.updated_time - a.updated_time),
    );
  },
};
