/** How often the watch looks, in milliseconds. */
const INTERVAL_MS = 20;
/** How far back the watch remembers, in milliseconds: longer than the longest case. */
const MEMORY_MS = 300_000;

/** Measures how late this process runs its own timers: a suite that is late itself must not blame the target. */
export class LoopWatch {
  readonly #delays: { at: number; delay: number }[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor() {
    let due = performance.now() + INTERVAL_MS;
    this.#timer = setInterval(() => {
      const now = performance.now();
      // Only what is out of the ordinary is worth remembering.
      if (now - due > INTERVAL_MS) this.#remember(now, now - due);
      due = now + INTERVAL_MS;
    }, INTERVAL_MS);
  }

  /** The longest delay since a time of `performance.now()`, in milliseconds. */
  longestSince(time: number): number {
    return this.#delays.reduce((longest, { at, delay }) => (at >= time && delay > longest ? delay : longest), 0);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #remember(at: number, delay: number): void {
    this.#delays.push({ at, delay });
    while (this.#delays.length > 0 && (this.#delays[0] as { at: number }).at < at - MEMORY_MS) this.#delays.shift();
  }
}
