import type { Mutant } from "../mutant.ts";
import { changeSessions } from "../wrap/store.ts";

/** SESS-11: marks every one-to-one session as a robot's. */
export const everySessionIsARobot: Mutant = {
  name: "every-session-is-a-robot",
  breaks: ["SESS-11"],
  title: "marks every one-to-one session as a robot's",
  story: "The flag is taken from whether the session was made by the server, which it always is.",
  apply(seams) {
    changeSessions(seams, (sessions) =>
      sessions.map((session) => ({ ...session, is_robot_session: session.session_type === 1 })),
    );
  },
};
