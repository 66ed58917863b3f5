import { Framer, HEADER_LENGTH } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { wrapFramer } from "../wrap/stream.ts";

/** CONN-04: forgets a packet whose header comes in two pieces. */
export const splitHeaderLost: Mutant = {
  name: "split-header-lost",
  breaks: ["CONN-04"],
  title: "forgets a packet whose header comes in two pieces",
  story: "The reader waits for the rest of a body, but takes a read of less than 16 bytes for noise.",
  apply(seams) {
    wrapFramer(seams, (_framer, maxLength) => {
      let framer = new Framer(maxLength);
      return {
        push(chunk) {
          if (framer.pendingBytes < HEADER_LENGTH) framer = new Framer(maxLength);
          framer.push(chunk);
        },
        next: () => framer.next(),
        get pendingBytes() {
          return framer.pendingBytes;
        },
      };
    });
  },
};
