import type { Mutant } from "../mutant.ts";

const ROUND_MS = 100;
const PER_ROUND = 30;

/** LOGIN-10: closes idle connections later the more of them there are. */
export const idleQueueForClosing: Mutant = {
  name: "idle-queue-for-closing",
  breaks: ["LOGIN-10"],
  title: "closes idle connections later the more of them there are",
  story: "The sweep closes ten connections in a round, so as not to hold up the loop.",
  apply(seams) {
    const limit = seams.timers.loginTimeoutMs;
    let asked = 0;
    Object.defineProperty(seams.timers, "loginTimeoutMs", {
      get: () => {
        asked++;
        setTimeout(() => asked--, ROUND_MS);
        return limit * (1 + Math.floor(asked / PER_ROUND));
      },
    });
  },
};
