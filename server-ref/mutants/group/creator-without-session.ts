import type { Mutant } from "../mutant.ts";
import { changeSessions } from "../wrap/store.ts";

/** GROUP-07: gives the creator no session until somebody writes. */
export const creatorWithoutSession: Mutant = {
  name: "creator-without-session",
  breaks: ["GROUP-07"],
  companions: [
    { rule: "SESS-10", reason: "the group has a notification, and the creator has no session with it" },
    { rule: "GROUP-03", reason: "the creator's session with the group is missing" },
  ],
  title: "gives the creator no session until somebody writes",
  story: "The sessions are made for the members of the request.",
  apply(seams) {
    changeSessions(seams, async (sessions, userId, store) => {
      const groups = await store.groups(
        sessions.filter(({ session_type }) => session_type === 2).map(({ session_id }) => session_id),
      );
      const own = new Set(
        groups.filter(({ group_owner_id }) => group_owner_id === userId).map(({ group_id }) => group_id),
      );
      return sessions.filter(
        ({ session_type, session_id, newest }) =>
          session_type !== 2 || !own.has(session_id) || newest.server_msg_id > 1n,
      );
    });
  },
};
