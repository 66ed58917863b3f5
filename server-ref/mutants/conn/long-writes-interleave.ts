import type { Mutant } from "../mutant.ts";

const PIECE_BYTES = 4096;

/** CONN-19: lets other packets come between the halves of a long one. */
export const longWritesInterleave: Mutant = {
  name: "long-writes-interleave",
  breaks: ["CONN-19"],
  title: "lets other packets come between the halves of a long one",
  story: "Long writes are done in pieces, and nothing keeps a second writer from the connection meanwhile.",
  apply(seams) {
    const { write } = seams.gate;
    seams.gate.write = (socket, bytes) => {
      if (bytes.length <= PIECE_BYTES) return write(socket, bytes);
      const half = bytes.length >> 1;
      write(socket, bytes.subarray(0, half));
      setTimeout(() => write(socket, bytes.subarray(half)), 5);
    };
  },
};
