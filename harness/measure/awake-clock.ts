/** What a process that is asked again and again does not pass without being stopped or kept busy, milliseconds. */
const PAUSE_MS = 1_000;

/** From here on what the target did meanwhile, such as giving up on silent clients, may be our doing, milliseconds. */
export const NOTICED_PAUSE_MS = 5_000;

/** The clocks of the system, in milliseconds. */
export interface SystemClocks {
  /** Never goes back; on some systems it stands still while the machine is suspended. */
  monotonic(): number;
  /** Goes on while the machine is suspended. */
  wall(): number;
}

const systemClocks: SystemClocks = { monotonic: () => performance.now(), wall: () => Date.now() };

/**
 * A clock that stands still while this process does: stopped (SIGSTOP), suspended with its machine, or kept from its
 * event loop. A deadline on it is no shorter than it says, since what came meanwhile was seen by nobody. It has to be
 * asked several times a second.
 */
export class AwakeClock {
  readonly #clocks: SystemClocks;
  readonly #onPause: (millis: number) => void;
  #seen: number | undefined;
  #wallSeen = 0;
  #pausedMs = 0;

  /** @param onPause told of each pause of a second and more, once it is over */
  constructor(onPause: (millis: number) => void, clocks: SystemClocks = systemClocks) {
    this.#onPause = onPause;
    this.#clocks = clocks;
  }

  /** Milliseconds, without the pauses from the first question on. */
  now(): number {
    const now = this.#clocks.monotonic();
    const wall = this.#clocks.wall();
    const passed = now - (this.#seen ?? now);
    const wallPassed = this.#seen === undefined ? 0 : wall - this.#wallSeen;
    this.#seen = now;
    this.#wallSeen = wall;
    if (passed >= PAUSE_MS) this.#pausedMs += passed;
    const pause = Math.max(passed, wallPassed);
    if (pause >= PAUSE_MS) this.#onPause(pause);
    return now - this.#pausedMs;
  }

  /** When a time on this clock comes on the clock of `performance.now`, if there is no pause until then. */
  toMonotonic(millis: number): number {
    return millis + this.#pausedMs;
  }
}
