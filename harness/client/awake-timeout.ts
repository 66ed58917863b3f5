/** How often it is looked whether the process stands still, milliseconds. */
const SLICE_MS = 250;
/** A process whose timer comes so much too late has stood still, milliseconds. */
const PAUSE_MS = 1_000;

/**
 * Calls `act` once `millis` have passed in which this process was awake. While it stands still (stopped, suspended with
 * its machine, or kept from its event loop) nobody sees what comes, so that time is not held against whoever owes
 * something by then; nor is what lies unread when it wakes.
 * @param millis `Infinity` for never
 * @returns clears it
 */
export function awakeTimeout(act: () => void, millis: number): () => void {
  let left = millis;
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    const slice = Math.max(0, Math.min(left, SLICE_MS));
    const from = performance.now();
    timer = setTimeout(() => {
      const passed = performance.now() - from;
      const stoodStill = passed - slice >= PAUSE_MS;
      if (!stoodStill) left -= Math.max(slice, passed);
      // Timers come before sockets: once more round, and what came meanwhile is read.
      if (stoodStill || left > 0) wait();
      else act();
    }, slice);
  };
  if (millis !== Number.POSITIVE_INFINITY) wait();
  return () => clearTimeout(timer);
}
