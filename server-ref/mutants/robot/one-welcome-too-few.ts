import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** ROBOT-02: greets new users by the first robot alone. */
export const oneWelcomeTooFew: Mutant = {
  name: "one-welcome-too-few",
  breaks: ["ROBOT-02"],
  companions: [
    { rule: "HTTP-12", reason: "one of the robots' sessions is missing" },
    { rule: "ROBOT-01", reason: "one of the robots does not greet" },
    { rule: "SESS-11", reason: "one of the robots' sessions is missing" },
  ],
  title: "greets new users by the first robot alone",
  story: "The loop over the robots returns after the first.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      createUser: (user) => store.createUser({ ...user, welcomes: user.welcomes.slice(0, 1) }),
    }));
  },
};
