import type { Mutant } from "../mutant.ts";
import { changeSessions, wrapStore } from "../wrap/store.ts";

/** UNREAD-01: raises the sender's counter as well. */
export const senderCountsToo: Mutant = {
  name: "sender-counts-too",
  breaks: ["UNREAD-01"],
  companions: [
    { rule: "LOGIN-17", reason: "the user of the case has sent messages, too" },
    { rule: "UNREAD-05", reason: "the user of the case has sent messages, too" },
    { rule: "UNREAD-08", reason: "the user of the case has sent messages, too" },
  ],
  title: "raises the sender's counter as well",
  story: "The counter belongs to the conversation, and both sides look at it.",
  apply(seams) {
    const sent = new Map<string, number>();
    wrapStore(seams, (store) => ({
      append: async (message) => {
        const outcome = await store.append(message);
        const name = `${message.from_user_id} ${message.to_session_id}`;
        if (outcome.outcome === "stored" && message.session_type === 1) sent.set(name, (sent.get(name) ?? 0) + 1);
        return outcome;
      },
    }));
    changeSessions(seams, (sessions, userId) =>
      sessions.map((session) => {
        const own = session.session_type === 1 ? (sent.get(`${userId} ${session.session_id}`) ?? 0) : 0;
        return { ...session, unread_cnt: session.unread_cnt + own };
      }),
    );
  },
};
