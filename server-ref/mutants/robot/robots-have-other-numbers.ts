import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** ROBOT-01, ROBOT-02: greets new users by robots with other user ids. */
export const robotsHaveOtherNumbers: Mutant = {
  name: "robots-have-other-numbers",
  breaks: ["ROBOT-01", "ROBOT-02"],
  companions: [
    { rule: "SESS-11", reason: "the sessions with robots are not those of the robots" },
    { rule: "UNREAD-08", reason: "the robots' sessions are not where they should be" },
    { rule: "HTTP-12", reason: "the robots' sessions are not where they should be" },
  ],
  title: "greets new users by robots with other user ids",
  story: "The ids were made up when the robots were, before anybody read upstream's.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      createUser: (user) =>
        store.createUser({
          ...user,
          welcomes: user.welcomes.map((welcome) => ({ ...welcome, robot_id: welcome.robot_id + 100n })),
        }),
    }));
  },
};
