import type { Mutant } from "../mutant.ts";

/** LOGIN-10: never closes connections that do not log in. */
export const loginTimeoutNever: Mutant = {
  name: "login-timeout-never",
  breaks: ["LOGIN-10"],
  title: "never closes connections that do not log in",
  story: "The timer is armed when a user is known, and these connections never get one.",
  apply(seams) {
    seams.timers.loginTimeoutMs = 2 ** 40;
  },
};
