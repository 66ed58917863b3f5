import { HEADER_LENGTH } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { wrapFramer } from "../wrap/stream.ts";

/** CONN-06: takes a packet whose `length` is below 16 for one with an empty body. */
export const shortLengthHandled: Mutant = {
  name: "short-length-handled",
  breaks: ["CONN-06"],
  title: "takes a packet whose `length` is below 16 for one with an empty body",
  story: "The body's size is computed as max(length - 16, 0), so that nonsense becomes an empty body.",
  apply(seams) {
    wrapFramer(seams, (framer) => ({
      push(chunk) {
        const isShort = chunk.length >= HEADER_LENGTH && Buffer.from(chunk).readUInt32BE() < HEADER_LENGTH;
        framer.push(
          isShort && framer.pendingBytes === 0 ? Buffer.from([0, 0, 0, HEADER_LENGTH, ...chunk.subarray(4)]) : chunk,
        );
      },
      next: () => framer.next(),
      get pendingBytes() {
        return framer.pendingBytes;
      },
    }));
  },
};
