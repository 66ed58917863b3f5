/** What was handed to Redis, and when in milliseconds of this process. */
interface Kept<Push> {
  readonly push: Push;
  readonly at: number;
}

/**
 * The pushes that Redis took last. One that is started again has forgotten them, and gates that had not read them yet
 * would never get them.
 */
export class KeptPushes<Push> {
  readonly #forMs: number;
  readonly #most: number;
  #kept: Kept<Push>[] = [];

  /** @param most the oldest beyond so many are forgotten sooner */
  constructor(forMs: number, most: number) {
    this.#forMs = forMs;
    this.#most = most;
  }

  add(pushes: readonly Push[]): void {
    const at = performance.now();
    this.#forget(at);
    for (const push of pushes) this.#kept.push({ push, at });
    if (this.#kept.length > this.#most) this.#kept.splice(0, this.#kept.length - this.#most);
  }

  /** All of them, oldest first, and how old each is in milliseconds; they are kept no longer. */
  takeAll(): { push: Push; age: number }[] {
    const now = performance.now();
    this.#forget(now);
    const kept = this.#kept;
    this.#kept = [];
    return kept.map(({ push, at }) => ({ push, age: now - at }));
  }

  #forget(now: number): void {
    const first = this.#kept.findIndex(({ at }) => now - at < this.#forMs);
    this.#kept.splice(0, first === -1 ? this.#kept.length : first);
  }
}
