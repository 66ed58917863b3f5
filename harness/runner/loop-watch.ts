/** How often the watch looks, in milliseconds. */
const INTERVAL_MS = 20;
/** How far back the watch remembers, in milliseconds: longer than the longest case. */
const MEMORY_MS = 300_000;

/** A delay so long puts deadlines off, in milliseconds. */
const PAUSE_MS = 1_000;

/** Measures how late this process runs its own timers: a suite that is late itself must not blame the target. */
export class LoopWatch {
  readonly #delays: { at: number; delay: number }[] = [];
  readonly #timer: NodeJS.Timeout;
  #due: number;

  constructor() {
    this.#due = performance.now() + INTERVAL_MS;
    this.#timer = setInterval(() => {
      const now = performance.now();
      // Only what is out of the ordinary is worth remembering.
      if (now - this.#due > INTERVAL_MS) this.#remember(now, now - this.#due);
      this.#due = now + INTERVAL_MS;
    }, INTERVAL_MS);
  }

  /**
   * The longest delay that ended since a time of `performance.now()`, in milliseconds. One that has just ended counts,
   * although the watch's own timer has not run: what a socket brings behind a delay is handled before timers are.
   */
  longestSince(time: number): number {
    const overdue = performance.now() - this.#due;
    const pending = overdue > INTERVAL_MS ? overdue : 0;
    return this.#delays.reduce((longest, { at, delay }) => (at >= time && delay > longest ? delay : longest), pending);
  }

  /** How long this process has stood still since a time of `performance.now()`, all pauses together, in milliseconds. */
  stoodStillSince(time: number): number {
    const pauses = this.#delays.filter(({ at, delay }) => at >= time && delay >= PAUSE_MS);
    return pauses.reduce((sum, { delay }) => sum + delay, 0);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #remember(at: number, delay: number): void {
    this.#delays.push({ at, delay });
    while (this.#delays.length > 0 && (this.#delays[0] as { at: number }).at < at - MEMORY_MS) this.#delays.shift();
  }
}
