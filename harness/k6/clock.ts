import { instance } from "k6/execution";
import { awakeTimeout } from "../awake-timeout.ts";

/**
 * Milliseconds since the test began, with fractions: k6 has no `performance.now()`, and `Date.now()` counts whole
 * milliseconds only. All virtual users of one k6 process share this clock.
 */
export function now(): number {
  return instance.currentTestRunDuration;
}

/** Waits; the connections of the virtual user go on working meanwhile. */
export function sleep(millis: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(), Math.max(0, millis));
  });
}

/**
 * Calls `act` once so many milliseconds have passed in which k6 was awake: what the target sent while it stood still is
 * read first.
 * @returns clears it; a timer that is left keeps k6's iteration from ending
 */
export function deadline(act: () => void, millis: number): () => void {
  return awakeTimeout(act, millis, now);
}
