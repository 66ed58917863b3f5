/** Something that is looked at when its time has come. */
export interface Watched {
  /** The bucket it waits in; kept by {@link Deadlines}. */
  bucket: Set<Watched> | undefined;
  /** The time has come. Returns when to look again, or undefined for never. */
  expire(now: number): number | undefined;
}

/**
 * One timer for the deadlines of all connections: a wheel of buckets, so that a deadline costs no timer and moving it
 * costs nothing until it is reached.
 */
export class Deadlines {
  readonly #tickMs: number;
  readonly #buckets = new Map<number, Set<Watched>>();
  readonly #timer: NodeJS.Timeout;
  #lastTick: number;

  /** @param tickMs how late a deadline may be noticed, never early */
  constructor(tickMs: number) {
    this.#tickMs = tickMs;
    this.#lastTick = Math.floor(performance.now() / tickMs);
    this.#timer = setInterval(() => this.#advance(), tickMs);
    this.#timer.unref();
  }

  /** Looks at `watched` once `at` (of `performance.now()`) has passed. Replaces its earlier deadline. */
  watch(watched: Watched, at: number): void {
    this.forget(watched);
    const tick = Math.max(Math.floor(at / this.#tickMs) + 1, this.#lastTick + 1);
    let bucket = this.#buckets.get(tick);
    if (!bucket) {
      bucket = new Set();
      this.#buckets.set(tick, bucket);
    }
    bucket.add(watched);
    watched.bucket = bucket;
  }

  forget(watched: Watched): void {
    watched.bucket?.delete(watched);
    watched.bucket = undefined;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#buckets.clear();
  }

  #advance(): void {
    const now = performance.now();
    const tick = Math.floor(now / this.#tickMs);
    for (let due = this.#lastTick + 1; due <= tick; due++) {
      this.#lastTick = due;
      const bucket = this.#buckets.get(due);
      if (!bucket) continue;
      this.#buckets.delete(due);
      for (const watched of bucket) {
        watched.bucket = undefined;
        const next = watched.expire(now);
        if (next !== undefined) this.watch(watched, next);
      }
    }
  }
}
