import type { Mutant } from "../mutant.ts";
import { changeSessions } from "../wrap/store.ts";

/** UNREAD-08: does not count messages of robots. */
export const robotsDoNotCount: Mutant = {
  name: "robots-do-not-count",
  breaks: ["UNREAD-08"],
  companions: [{ rule: "ROBOT-02", reason: "a robot's welcome counts as unread" }],
  title: "does not count messages of robots",
  story: "Robots were left out of the counting altogether, not only as receivers.",
  apply(seams) {
    changeSessions(seams, (sessions) =>
      sessions.map((session) => (session.is_robot_session ? { ...session, unread_cnt: 0 } : session)),
    );
  },
};
