import type { Mutant } from "../mutant.ts";
import { changeSessions, wrapStore } from "../wrap/store.ts";

/** MSG-18: makes the session of a first message for its sender alone. */
export const sessionForSenderOnly: Mutant = {
  name: "session-for-sender-only",
  breaks: ["MSG-18"],
  companions: [
    { rule: "MSG-07", reason: "the unread count is that of the session" },
    { rule: "MSG-20", reason: "the unread count is that of the session" },
    { rule: "VOIP-12", reason: "the unread count is that of the session" },
    { rule: "PUSH-06", reason: "the sessions of receivers are missing" },
    { rule: "SESS-02", reason: "the sessions of receivers are missing" },
    { rule: "SESS-03", reason: "the sessions of receivers are missing" },
    { rule: "SESS-07", reason: "the sessions of receivers are missing" },
    { rule: "SYS-01", reason: "the sessions of receivers are missing" },
    { rule: "UNREAD-01", reason: "the unread count is that of the session" },
    { rule: "SESS-01", reason: "the sessions of receivers are missing" },
    { rule: "UNREAD-06", reason: "the unread count is that of the session" },
    { rule: "LOGOUT-02", reason: "the unread count is that of the session" },
    { rule: "READ-03", reason: "the unread count is that of the session" },
    { rule: "UNREAD-05", reason: "the unread count is that of the session" },
  ],
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
