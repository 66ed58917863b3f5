import { Slices } from "./slices.ts";

/** Something that is looked at when its time has come. */
export interface Watched {
  /** The bucket it waits in; kept by {@link Deadlines}. */
  bucket: Set<Watched> | undefined;
  /** The time has come. Returns when to look again, or undefined for never. */
  expire(now: number): number | undefined;
}

/** Deadlines of the same tick are noticed within this many slices: about a third of a second (LOGIN-10: 15 to 17 s). */
const MOST_SLICES = 50;

/**
 * One timer for the deadlines of all connections: a wheel of buckets, so that a deadline costs no timer and moving it
 * costs nothing until it is reached.
 */
export class Deadlines {
  readonly #tickMs: number;
  readonly #buckets = new Map<number, Set<Watched>>();
  readonly #due = new Slices<Watched>(MOST_SLICES, (watched) => this.#expire(watched));
  readonly #timer: NodeJS.Timeout;
  #lastTick: number;

  /** @param tickMs how late a deadline may be noticed, never early; a third of a second more when thousands fall together */
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
    this.#due.stop();
    this.#buckets.clear();
  }

  #advance(): void {
    const tick = Math.floor(performance.now() / this.#tickMs);
    for (let reached = this.#lastTick + 1; reached <= tick; reached++) {
      for (const watched of this.#buckets.get(reached) ?? []) {
        watched.bucket = this.#due.waiting;
        this.#due.waiting.add(watched);
      }
      this.#buckets.delete(reached);
    }
    this.#lastTick = Math.max(tick, this.#lastTick);
    this.#due.start();
  }

  #expire(watched: Watched): void {
    watched.bucket = undefined;
    const next = watched.expire(performance.now());
    if (next !== undefined) this.watch(watched, next);
  }
}
