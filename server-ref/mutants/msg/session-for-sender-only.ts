import type { Mutant } from "../mutant.ts";
import { changeSessions, wrapStore } from "../wrap/store.ts";

/** MSG-18: makes the session of a first message for its sender alone. */
export const sessionForSenderOnly: Mutant = {
  name: "session-for-sender-only",
  breaks: ["MSG-18"],
  title: "makes the session of a first message for its sender alone",
  story: "The receiver's session is made when the receiver opens the conversation.",
  apply(seams) {
    const wrote = new Set<string>();
    wrapStore(seams, (store) => ({
      append: (message) => {
        wrote.add(`${message.from_user_id} ${message.to_session_id}`);
        return store.append(message);
      },
    }));
    changeSessions(seams, (sessions, userId) =>
      sessions.filter(
        ({ session_id, session_type }) =>
          session_type === 2 || wrote.has(`${userId} ${session_id}`) || !wrote.has(`${session_id} ${userId}`),
      ),
    );
  },
};
