import type { Mutant } from "../mutant.ts";

const SWEEP_MS = 500;

/** LOGIN-10: closes at most one idle connection per half second. */
export const idleClosedOneByOne: Mutant = {
  name: "idle-closed-one-by-one",
  breaks: ["LOGIN-10"],
  title: "closes at most one idle connection per half second",
  story: "The sweep stops at the first connection that it closes, so as not to change the list that it walks over.",
  apply(seams) {
    const { hangUp } = seams.gate;
    let next = 0;
    seams.gate.hangUp = (socket) => {
      const now = performance.now();
      next = Math.max(next + SWEEP_MS, now);
      setTimeout(() => hangUp(socket), next - now);
    };
  },
};
