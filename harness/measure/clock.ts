const performanceToMonotonicMicros = Number(process.hrtime.bigint() / 1000n) - performance.now() * 1000;

/**
 * Microseconds on the machine's monotonic clock. All processes of one machine read the same clock, so that a time
 * written by one worker can be compared in another; it never jumps when the wall clock is set.
 */
export function nowMicros(): number {
  return performanceToMonotonicMicros + performance.now() * 1000;
}

/** What the machine's wall clock says, or will say as long as nobody sets it, at a time of {@link nowMicros}: Unix milliseconds. */
export function toUnixMillis(micros: number): number {
  return Date.now() + (micros - nowMicros()) / 1000;
}
