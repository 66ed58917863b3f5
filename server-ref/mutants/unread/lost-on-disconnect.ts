import type { Mutant } from "../mutant.ts";

/** UNREAD-06: forgets a user's counters when the last connection ends. */
export const lostOnDisconnect: Mutant = {
  name: "lost-on-disconnect",
  breaks: ["UNREAD-06"],
  companions: [
    { rule: "LOGOUT-02", reason: "the receiver of the case disconnects before the count is looked at" },
    { rule: "UNREAD-01", reason: "the receiver of the case disconnects before the count is looked at" },
    { rule: "SYS-01", reason: "the receiver of the case disconnects before the count is looked at" },
  ],
  title: "forgets a user's counters when the last connection ends",
  story: "The counters live beside the connections in memory.",
  apply(seams) {
    seams.userOffline.push(async (self, context) => {
      for (const { session_type, session_id } of await context.store.sessions(self)) {
        await context.store.markRead({ self, session_type, session_id }, 0n);
      }
      return [];
    });
  },
};
