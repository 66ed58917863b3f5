import type { Mutant } from "../mutant.ts";

/** LOGIN-10: closes connections without a login after half of the time. */
export const loginTimeoutTooEarly: Mutant = {
  name: "login-timeout-too-early",
  breaks: ["LOGIN-10"],
  title: "closes connections without a login after half of the time",
  story: "The timeout is tested by a sweep that starts counting from its last round.",
  apply(seams) {
    seams.timers.loginTimeoutMs /= 2;
  },
};
