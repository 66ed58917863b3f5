import type { Mutant } from "../mutant.ts";
import { wrapFramer } from "../wrap/stream.ts";

/** CONN-08: reserves a buffer of the announced `length` as soon as the header is there. */
export const bufferOfAnnouncedSize: Mutant = {
  name: "buffer-of-announced-size",
  breaks: ["CONN-08"],
  title: "reserves a buffer of the announced `length` as soon as the header is there",
  story: "Reading straight into a buffer of the right size saves a copy, and nobody thought of headers that lie.",
  apply(seams) {
    wrapFramer(seams, (framer, maxLength) => {
      const buffers: Buffer[] = [];
      return {
        push(chunk) {
          if (framer.pendingBytes === 0 && chunk.length >= 4) {
            const length = Buffer.from(chunk).readUInt32BE();
            if (length <= maxLength) buffers.splice(0, 1, Buffer.alloc(length, 1));
          }
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
