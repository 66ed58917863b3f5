import type { Mutant } from "../mutant.ts";

/** CONN-07: takes packets of less than 64 KiB only, not of exactly 64 KiB. */
export const limitOffByOne: Mutant = {
  name: "limit-off-by-one",
  breaks: ["CONN-07"],
  title: "takes packets of less than 64 KiB only, not of exactly 64 KiB",
  story: "The buffer has 65536 bytes, and the check says `>=` where it should say `>`.",
  apply(seams) {
    const { createFramer } = seams.gate;
    seams.gate.createFramer = () => createFramer(64 * 1024 - 1);
  },
};
