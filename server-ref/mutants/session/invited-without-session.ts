import type { Mutant } from "../mutant.ts";
import { changeSessions, wrapStore } from "../wrap/store.ts";

/** SESS-09: gives members who are invited no session until they write. */
export const invitedWithoutSession: Mutant = {
  name: "invited-without-session",
  breaks: ["SESS-09"],
  companions: [
    { rule: "SESS-07", reason: "the session with the group is missing" },
    { rule: "UNREAD-03", reason: "a session that is not there counts nothing" },
  ],
  title: "gives members who are invited no session until they write",
  story: "Only creating a group makes sessions.",
  apply(seams) {
    const invited = new Set<string>();
    wrapStore(seams, (store) => ({
      addMembers: async (act) => {
        const change = await store.addMembers(act);
        if (change.outcome === "done") for (const member of change.changed) invited.add(`${member} ${act.group_id}`);
        return change;
      },
      append: (message) => {
        invited.delete(`${message.from_user_id} ${message.to_session_id}`);
        return store.append(message);
      },
    }));
    changeSessions(seams, (sessions, userId) =>
      sessions.filter(({ session_type, session_id }) => session_type !== 2 || !invited.has(`${userId} ${session_id}`)),
    );
  },
};
