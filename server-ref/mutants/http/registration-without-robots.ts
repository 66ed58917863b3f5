import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** HTTP-12: makes no robot sessions at registration. */
export const registrationWithoutRobots: Mutant = {
  name: "registration-without-robots",
  breaks: ["HTTP-12"],
  companions: [
    { rule: "ROBOT-01", reason: "new users meet no robot" },
    { rule: "ROBOT-02", reason: "new users meet no robot" },
    { rule: "SESS-11", reason: "there are no sessions with robots" },
    { rule: "UNREAD-08", reason: "there are no welcome messages" },
  ],
  title: "makes no robot sessions at registration",
  story: "The robots' sessions are made at the first login instead, which was put off.",
  apply(seams) {
    wrapStore(seams, (store) => ({ createUser: (user) => store.createUser({ ...user, welcomes: [] }) }));
  },
};
