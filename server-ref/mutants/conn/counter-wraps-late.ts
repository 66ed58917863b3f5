import type { Mutant } from "../mutant.ts";

/** CONN-11: counts to 65535 before it starts again at 1. */
export const counterWrapsLate: Mutant = {
  name: "counter-wraps-late",
  breaks: ["CONN-11"],
  title: "counts to 65535 before it starts again at 1",
  story: "An unsigned 16-bit number goes to 65535, and that the contract stops one earlier was overlooked.",
  apply(seams) {
    seams.gate.nextPushNumber = (previous) => (previous >= 65_535 ? 1 : previous + 1);
  },
};
