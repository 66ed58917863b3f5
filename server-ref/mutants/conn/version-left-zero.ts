import type { Mutant } from "../mutant.ts";

/** CONN-02: leaves `version` of its own packets at 0. */
export const versionLeftZero: Mutant = {
  name: "version-left-zero",
  breaks: ["CONN-02"],
  title: "leaves `version` of its own packets at 0",
  story: "The server builds the header with a constructor whose version defaults to 0, and its own client never looks.",
  apply(seams) {
    const { encode } = seams.gate;
    seams.gate.encode = (command, message) => {
      const frame = encode(command, message);
      frame.set([0, 0], 4);
      return frame;
    };
  },
};
