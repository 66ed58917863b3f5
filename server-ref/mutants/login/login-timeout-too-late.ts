import type { Mutant } from "../mutant.ts";

/** LOGIN-10: closes connections without a login after three times the time. */
export const loginTimeoutTooLate: Mutant = {
  name: "login-timeout-too-late",
  breaks: ["LOGIN-10"],
  title: "closes connections without a login after three times the time",
  story: "A connection must be found idle by several sweeps in a row before it is closed.",
  apply(seams) {
    seams.timers.loginTimeoutMs *= 3;
  },
};
