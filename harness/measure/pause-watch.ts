import { AwakeClock, NOTICED_PAUSE_MS } from "./awake-clock.ts";

const LOOK_EVERY_MS = 100;

/** Notices until it is stopped that this process stood still. */
export class PauseWatch {
  #longestMs = 0;
  readonly #clock = new AwakeClock((millis) => {
    this.#longestMs = Math.max(this.#longestMs, millis);
  });
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#clock.now();
    this.#timer = setInterval(() => this.#clock.now(), LOOK_EVERY_MS).unref();
  }

  /**
   * The longest time in which the process did nothing, milliseconds; undefined when none was long enough to matter.
   * @param noticedMs from how long on it does, where that is less than usual; shorter than a second is never noticed
   */
  longest(noticedMs: number = NOTICED_PAUSE_MS): number | undefined {
    this.#clock.now();
    return this.#longestMs > 0 && this.#longestMs >= Math.min(noticedMs, NOTICED_PAUSE_MS)
      ? this.#longestMs
      : undefined;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
