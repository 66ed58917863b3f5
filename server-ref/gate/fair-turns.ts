/** How long waiting connections are served before sockets are read again, in milliseconds; at least one always is. */
const SLICE_MS = 2;

/** Work of all connections in a turn beyond which waiting ones are left for the next; at least one always is served. */
const SLICE_WORK = 16;

/** How long waiting connections rest behind a slice that took long, while others ask for something; in milliseconds. */
const REST_MS = 1;

/** A slice that took longer was long, in milliseconds. */
const LONG_MS = 0.25;

/** A connection with more to do than it is owed at once. */
export interface TurnTaker {
  /** Does a little of it. */
  takeTurn(): void;
  /** Whether something of it is still under way, whose work nobody knows yet. */
  readonly isBusy: boolean;
}

/**
 * Turns of the event loop, and the connections that wait for one of theirs, in one queue: each does a little, then the
 * next. All of them together get a bounded time of each turn, and so those who do not wait are served in between,
 * however many do.
 */
export class FairTurns {
  #waiting: TurnTaker[] = [];
  /** Those in front of it are served. */
  #next = 0;
  #isScheduled = false;
  #now = 0;
  /** When the last slice began, and how long it took in milliseconds. */
  #begunAt = 0;
  #tookMs = 0;
  #work = 0;
  #gaveWay = false;
  #served: TurnTaker | undefined;

  /** When this turn of the event loop began, in whole milliseconds of some clock. */
  get now(): number {
    this.#schedule();
    return this.#now;
  }

  /** Notes work of this turn, whoever it was done for: a request or a few KiB of an answer count 1. */
  did(work: number): void {
    this.#work += work;
  }

  /** Calls `takeTurn` in a later turn of the event loop, behind those who wait already. */
  wait(taker: TurnTaker): void {
    this.#waiting.push(taker);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#now = Math.trunc(performance.now());
    setImmediate(this.#begin);
  }

  readonly #begin = (): void => {
    this.#isScheduled = false;
    const othersAsked = this.#work > 0;
    this.#work = 0;
    if (this.#next === this.#waiting.length) return;
    if (othersAsked && !this.#gaveWay) {
      this.#giveWay();
      return;
    }
    this.#gaveWay = false;
    this.#schedule();
    this.#begunAt = performance.now();
    this.#serve();
  };

  /** What others asked for, such as a commit, is queued behind this: it goes first, every other time. */
  #giveWay(): void {
    this.#gaveWay = true;
    this.#isScheduled = true;
    if (this.#tookMs > LONG_MS) setTimeout(this.#begin, REST_MS);
    else setImmediate(this.#begin);
  }

  readonly #serve = (): void => {
    const taker = this.#waiting[this.#next++] as TurnTaker;
    if (this.#next === this.#waiting.length) {
      this.#waiting = [];
      this.#next = 0;
    }
    this.#served = taker;
    taker.takeTurn();
    queueMicrotask(this.#whenAnswered);
  };

  /** An answer is made in microtasks: only what comes behind them knows what it took. */
  readonly #whenAnswered = (): void => process.nextTick(this.#goOn);

  readonly #goOn = (): void => {
    // What waits for others' writes is made together with them: only one such may be behind each turn.
    this.#tookMs = performance.now() - this.#begunAt;
    const isSpent = this.#served?.isBusy || this.#work >= SLICE_WORK || this.#tookMs >= SLICE_MS;
    this.#served = undefined;
    if (this.#waiting.length > 0 && !isSpent) this.#serve();
    else this.#work = 0;
  };
}
