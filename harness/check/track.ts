/** What the arrival of an index on a track means. */
export type Arrival = "in-order" | "late" | "duplicate" | "excused";

const WINDOW = 64;
/** Bound on the indexes remembered as missing after they left the window; a broken server cannot fill the memory. */
const MAX_REMEMBERED = 100_000;

/**
 * Follows streams of indexes 0, 1, 2 …, one per pair of observer and sender, in 16 bytes each: the lowest index that
 * has not arrived, a window of 64 bits above it, and up to where arrival is optional. A correct server fills them in
 * order, so the window is needed only to tell a swap from a loss.
 */
export class Tracks {
  #base = new Uint32Array(0);
  #low = new Uint32Array(0);
  #high = new Uint32Array(0);
  /** Indexes below this were not due when they were sent; they may come or not. */
  #excused = new Uint32Array(0);
  #count = 0;
  /** Missing indexes that the window has moved past, by track. */
  readonly #missing = new Map<number, Set<number>>();
  #remembered = 0;
  #unremembered = 0;

  /** Missing indexes beyond what is remembered: known by number only. */
  get unremembered(): number {
    return this.#unremembered;
  }

  /** Adds tracks. @returns the number of the first one */
  add(count: number): number {
    const first = this.#count;
    this.#count += count;
    if (this.#count > this.#base.length) {
      const size = Math.max(this.#count, this.#base.length * 2);
      this.#base = grown(this.#base, size);
      this.#low = grown(this.#low, size);
      this.#high = grown(this.#high, size);
      this.#excused = grown(this.#excused, size);
    }
    return first;
  }

  arrive(track: number, index: number): Arrival {
    const base = this.#base[track] as number;
    if (index === base && this.#low[track] === 0 && this.#high[track] === 0) {
      this.#base[track] = base + 1;
      return "in-order";
    }
    if (index < base) return this.#arriveBelow(track, index);
    if (index - base >= WINDOW) this.#slideTo(track, index - WINDOW + 1);
    return this.#arriveInWindow(track, index);
  }

  /** Whether the index has not arrived although it is due. */
  isMissing(track: number, index: number): boolean {
    const base = this.#base[track] as number;
    if (index < base) return this.#missing.get(track)?.has(index) === true;
    const bit = index - base;
    return bit >= WINDOW || !this.#isSet(track, bit);
  }

  /** The indexes below `end` that have not arrived, ascending. */
  *missingBelow(track: number, end: number): Generator<number> {
    yield* [...(this.#missing.get(track) ?? [])].sort((a, b) => a - b);
    for (let index = this.#base[track] as number; index < end; index++) {
      if (this.isMissing(track, index)) yield index;
    }
  }

  /** Whether every index below `end` has arrived or was excused. */
  isComplete(track: number, end: number): boolean {
    return (this.#base[track] as number) >= end && !this.#missing.has(track);
  }

  /** Nothing below `end` is due any more: the observer was away. What comes all the same is excused. */
  excuseBelow(track: number, end: number): void {
    this.#excused[track] = Math.max(end, this.#excused[track] as number);
    this.#remembered -= this.#missing.get(track)?.size ?? 0;
    this.#missing.delete(track);
    this.#base[track] = Math.max(end, this.#base[track] as number);
    this.#low[track] = 0;
    this.#high[track] = 0;
  }

  #arriveBelow(track: number, index: number): Arrival {
    const missing = this.#missing.get(track);
    if (!missing?.delete(index)) return index < (this.#excused[track] as number) ? "excused" : "duplicate";
    this.#remembered--;
    if (missing.size === 0) this.#missing.delete(track);
    return "late";
  }

  #arriveInWindow(track: number, index: number): Arrival {
    const bit = index - (this.#base[track] as number);
    if (this.#isSet(track, bit)) return "duplicate";
    const isLate = this.#hasAbove(track, bit);
    if (bit < 32) this.#low[track] = (this.#low[track] as number) | (1 << bit);
    else this.#high[track] = (this.#high[track] as number) | (1 << (bit - 32));
    while (((this.#low[track] as number) & 1) === 1) this.#shift(track);
    return isLate ? "late" : "in-order";
  }

  #slideTo(track: number, base: number): void {
    while ((this.#base[track] as number) < base) {
      if (((this.#low[track] as number) & 1) === 0) this.#remember(track, this.#base[track] as number);
      // Beyond the window nothing has arrived: the rest is missing as a whole.
      this.#shift(track);
    }
  }

  #shift(track: number): void {
    const high = this.#high[track] as number;
    this.#low[track] = ((this.#low[track] as number) >>> 1) | ((high & 1) << 31);
    this.#high[track] = high >>> 1;
    this.#base[track] = (this.#base[track] as number) + 1;
  }

  #isSet(track: number, bit: number): boolean {
    return bit < 32
      ? (((this.#low[track] as number) >>> bit) & 1) === 1
      : (((this.#high[track] as number) >>> (bit - 32)) & 1) === 1;
  }

  #hasAbove(track: number, bit: number): boolean {
    const low = this.#low[track] as number;
    const high = this.#high[track] as number;
    if (bit >= 32) return high >>> (bit - 32) > 1;
    return high !== 0 || low >>> bit > 1;
  }

  #remember(track: number, index: number): void {
    if (this.#remembered >= MAX_REMEMBERED) {
      this.#unremembered++;
      return;
    }
    const missing = this.#missing.get(track) ?? new Set();
    this.#missing.set(track, missing.add(index));
    this.#remembered++;
  }
}

function grown(column: Uint32Array<ArrayBuffer>, size: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(size);
  larger.set(column);
  return larger;
}
