/** How long waiting connections are served before sockets are read again, in milliseconds; at least one always is. */
const SLICE_MS = 4;

/** A connection with more to do than one turn of the event loop allows it. */
export interface TurnTaker {
  takeTurn(): void;
}

/** Turns of the event loop, and the connections that wait for their next one: each is served once, then the others. */
export class FairTurns {
  #waiting: TurnTaker[] = [];
  #number = 1;
  #isScheduled = false;

  /** The number of this turn of the event loop, from 1. */
  get number(): number {
    if (!this.#isScheduled) {
      this.#isScheduled = true;
      setImmediate(this.#begin);
    }
    return this.#number;
  }

  /** Calls `takeTurn` in a later turn of the event loop, behind those who wait already. */
  wait(taker: TurnTaker): void {
    this.#waiting.push(taker);
    void this.number;
  }

  readonly #begin = (): void => {
    this.#isScheduled = false;
    this.#number++;
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    const until = performance.now() + SLICE_MS;
    let served = 0;
    do (waiting[served++] as TurnTaker).takeTurn();
    while (served < waiting.length && performance.now() < until);
    if (served === waiting.length) return;
    this.#waiting = [...waiting.slice(served), ...this.#waiting];
    void this.number;
  };
}
