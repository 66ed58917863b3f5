import type { ClockRecord } from "../result/index.ts";

/** The target tells its time in whole seconds (LOGIN-03). */
const GRAIN_MS = 1000;

/**
 * Bounds how far this machine's clock is ahead of the target's, from the target's times in answers: each was read between
 * the request and the answer. Many requests, spread over the second, bound it to about one round trip. No other machine is
 * asked, so that what several machines found can be compared.
 */
export class ClockBound {
  #least = Number.NEGATIVE_INFINITY;
  #most = Number.POSITIVE_INFINITY;
  #answers = 0;

  /**
   * @param askedMs when the request left, Unix milliseconds on this machine's clock
   * @param answeredMs when its answer was here, likewise
   * @param seconds what the target said, Unix seconds; 0 says nothing
   */
  add(askedMs: number, answeredMs: number, seconds: number): void {
    if (seconds === 0) return;
    this.merge({ least: askedMs - (seconds * 1000 + GRAIN_MS), most: answeredMs - seconds * 1000, answers: 1 });
  }

  /** Adds what another process of this machine found. */
  merge({ least, most, answers }: ClockRecord): void {
    this.#least = Math.max(this.#least, least);
    this.#most = Math.min(this.#most, most);
    this.#answers += answers;
  }

  /** What was found since the last call; undefined without an answer. */
  take(): ClockRecord | undefined {
    const record = this.record();
    this.#least = Number.NEGATIVE_INFINITY;
    this.#most = Number.POSITIVE_INFINITY;
    this.#answers = 0;
    return record;
  }

  /**
   * What was found; undefined without an answer. Where a clock was set meanwhile, or several servers answered whose
   * clocks differ, no one number fits all answers: then the bounds hold the numbers that fit some.
   */
  record(): ClockRecord | undefined {
    if (this.#answers === 0) return undefined;
    const [least, most] = [this.#least, this.#most].sort((a, b) => a - b) as [number, number];
    return { least: Number(least.toFixed(3)), most: Number(most.toFixed(3)), answers: this.#answers };
  }
}
