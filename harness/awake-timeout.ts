/** How often it is looked whether the process stands still, milliseconds. */
const SLICE_MS = 250;
/** A process whose timer comes so much too late has stood still, milliseconds. */
const PAUSE_MS = 1_000;
/** For how many times its own length a deadline is put off at most, and at least for how long, milliseconds. */
const POSTPONED = { times: 4, atLeastMs: 4_000 };

/**
 * Calls `act` once `millis` have passed in which this process was awake. While it stands still (stopped, suspended with
 * its machine, or kept from its event loop) nobody sees what comes, so that time is not held against whoever owes
 * something by then; nor is what lies unread when it wakes. A process that stands still again and again ends the wait all
 * the same: what it puts off is bounded by a few times `millis`, and whoever judges knows how late the process was.
 * @param millis `Infinity` for never
 * @param now a clock that goes on while the process stands still, in milliseconds
 * @returns clears it
 */
export function awakeTimeout(act: () => void, millis: number, now: () => number = () => performance.now()): () => void {
  let left = millis;
  let spare = Math.max(POSTPONED.times * millis, POSTPONED.atLeastMs);
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    const slice = Math.max(0, Math.min(left, SLICE_MS));
    const from = now();
    timer = setTimeout(() => {
      const passed = now() - from;
      const stoodStill = passed - slice >= PAUSE_MS;
      const isPutOff = stoodStill && spare > 0;
      if (isPutOff) spare -= passed;
      else left -= Math.max(slice, passed);
      // Timers come before sockets: once more round, and what came meanwhile is read.
      if (isPutOff || left > 0 || (stoodStill && slice > 0)) wait();
      else act();
    }, slice);
  };
  if (millis !== Number.POSITIVE_INFINITY) wait();
  return () => clearTimeout(timer);
}

/**
 * A signal that is raised once `millis` have passed as {@link awakeTimeout} counts them, or with another one.
 * @returns it, and what clears its timer: to be called as soon as nobody waits any more
 */
export function awakeDeadline(
  millis: number,
  ...others: readonly (AbortSignal | undefined)[]
): { readonly signal: AbortSignal; readonly clear: () => void } {
  const late = new AbortController();
  const reason = (): Error => new DOMException(`nothing came within ${millis} ms`, "TimeoutError");
  const clear = awakeTimeout(() => late.abort(reason()), millis);
  return { signal: AbortSignal.any([late.signal, ...others.filter((signal) => signal !== undefined)]), clear };
}
