/** Numbers that look random and come out the same for the same seed. */
export interface SeededRandom {
  /** 0 up to, but not including, 1. */
  next(): number;
  /** 0 up to, but not including, `below`. */
  integer(below: number): number;
  /** A UUID in the form of version 4. */
  uuid(): string;
}

/** A generator for one purpose within a run: `seed` is the run's, `name` keeps the purposes apart. */
export function seededRandom(seed: number, name: string): SeededRandom {
  let state = seed >>> 0;
  for (const character of name) state = (Math.imul(state, 31) + (character.codePointAt(0) as number)) >>> 0;
  // mulberry32: small, and good enough to choose test data.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const integer = (below: number): number => Math.floor(next() * below);
  const hex = (digits: number): string => {
    let text = "";
    for (let digit = 0; digit < digits; digit++) text += "0123456789abcdef"[integer(16)];
    return text;
  };
  return {
    next,
    integer,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${"89ab"[integer(4)]}${hex(3)}-${hex(12)}`,
  };
}
