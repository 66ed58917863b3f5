import { Framer } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { wrapFramer } from "../wrap/stream.ts";

/** CONN-04: forgets the incomplete packet at the end of each read. */
export const partialPacketLost: Mutant = {
  name: "partial-packet-lost",
  breaks: ["CONN-04"],
  companions: [{ rule: "CONN-07", reason: "packets of this size always come in several reads" }],
  title: "forgets the incomplete packet at the end of each read",
  story: "Each read gets a buffer of its own, and on a developer's machine a packet always came in one piece.",
  apply(seams) {
    wrapFramer(seams, (_framer, maxLength) => {
      let framer = new Framer(maxLength);
      return {
        push(chunk) {
          framer = new Framer(maxLength);
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
