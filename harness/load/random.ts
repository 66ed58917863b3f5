import { createHash } from "node:crypto";

/** A seeded source of randomness: the same seed and stream give the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, below). */
  integer(below: number): number;
  /** Exponentially distributed with mean 1. */
  exponential(): number;
  /** Goes to the beginning of the stream's `position`-th sequence, 0 to 2^32 − 1: what was drawn before does not matter. */
  beginAt(position: number): void;
}

/** Draws after which positions that are next to each other have nothing in common any more. */
const MIXING_DRAWS = 12;

/**
 * @param stream what the numbers are for: streams are independent of each other, so that one more draw in one place
 *   changes nothing elsewhere
 */
export function createRandom(seed: number, stream: string): Random {
  const state = new Uint32Array(createHash("sha256").update(`${seed}/${stream}`).digest().buffer.slice(0, 16));
  const [first, second, third, start] = state as unknown as [number, number, number, number];
  let [a, b, c, counter] = [first, second, third, start];
  // sfc32, of the PractRand family: 2^32 numbers at least before it repeats.
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
  return {
    next,
    integer: (below) => Math.floor(next() * below),
    exponential: () => -Math.log(1 - next()),
    beginAt(position) {
      [a, b, c, counter] = [first, second, third ^ position, start];
      for (let drawn = 0; drawn < MIXING_DRAWS; drawn++) next();
    },
  };
}
