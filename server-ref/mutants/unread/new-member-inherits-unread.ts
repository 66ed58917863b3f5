import type { Mutant } from "../mutant.ts";
import { changeSessions, wrapStore } from "../wrap/store.ts";

/** UNREAD-03: counts what was written before a member joined. */
export const newMemberInheritsUnread: Mutant = {
  name: "new-member-inherits-unread",
  breaks: ["UNREAD-03"],
  title: "counts what was written before a member joined",
  story: "A new member's read mark starts at 0.",
  apply(seams) {
    const before = new Map<string, number>();
    wrapStore(seams, (store) => ({
      addMembers: async (act) => {
        const change = await store.addMembers(act);
        if (change.outcome !== "done") return change;
        for (const member of change.changed)
          before.set(`${member} ${act.group_id}`, Number(change.notification?.server_msg_id ?? 0n));
        return change;
      },
    }));
    changeSessions(seams, (sessions, userId) =>
      sessions.map((session) => {
        const earlier = session.session_type === 2 ? (before.get(`${userId} ${session.session_id}`) ?? 0) : 0;
        return { ...session, unread_cnt: session.unread_cnt + earlier };
      }),
    );
  },
};
