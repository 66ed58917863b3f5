import type { Mutant } from "../mutant.ts";
import { wrapFramer } from "../wrap/stream.ts";

const MOST_PACKETS = 4;

/** CONN-03: handles at most four packets of one read and forgets the rest. */
export const fourPacketsPerRead: Mutant = {
  name: "four-packets-per-read",
  breaks: ["CONN-03"],
  title: "handles at most four packets of one read and forgets the rest",
  story: "The reader cuts a buffer into an array of fixed size, which was plenty for hand-made clients.",
  apply(seams) {
    wrapFramer(seams, (framer) => {
      let left = 0;
      return {
        push(chunk) {
          framer.push(chunk);
          left = MOST_PACKETS;
        },
        next() {
          if (left > 0) {
            left--;
            return framer.next();
          }
          while (framer.next());
          return undefined;
        },
        get pendingBytes() {
          return framer.pendingBytes;
        },
      };
    });
  },
};
