import { instance } from "k6/execution";

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
