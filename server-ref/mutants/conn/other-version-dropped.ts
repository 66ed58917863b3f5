import type { Mutant } from "../mutant.ts";
import { loseFrames } from "../wrap/stream.ts";

/** CONN-09: drops packets whose `version` is not 1. */
export const otherVersionDropped: Mutant = {
  name: "other-version-dropped",
  breaks: ["CONN-09"],
  title: "drops packets whose `version` is not 1",
  story: "The check waits for the day on which there is a second version.",
  apply(seams) {
    loseFrames(seams, ({ header }) => header.version !== 1);
  },
};
