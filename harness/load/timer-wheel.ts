/** Slots of the wheel; a timer further away than one turn stays in its slot for several turns. */
const SLOTS = 16_384;
const NONE = -1;

/**
 * Timers with a grain of one millisecond for many owners at once: no object, no closure and no libuv timer for each,
 * 16 bytes per timer. Every timer has a number given by its owner, and at most one due time.
 */
export class TimerWheel {
  readonly #heads: Int32Array<ArrayBuffer> = new Int32Array(SLOTS).fill(NONE);
  readonly #next: Int32Array<ArrayBuffer>;
  readonly #previous: Int32Array<ArrayBuffer>;
  readonly #due: Float64Array<ArrayBuffer>;
  readonly #onDue: (timer: number, dueMillis: number) => void;
  #now: number;

  /**
   * @param timers how many there are; they are numbered from 0
   * @param nowMillis present time in milliseconds, on any clock that does not go back
   */
  constructor(timers: number, nowMillis: number, onDue: (timer: number, dueMillis: number) => void) {
    this.#next = new Int32Array(timers).fill(NONE);
    this.#previous = new Int32Array(timers).fill(NONE);
    this.#due = new Float64Array(timers).fill(Number.NaN);
    this.#now = Math.floor(nowMillis);
    this.#onDue = onDue;
  }

  /** Sets a timer, whether it was set before or not. A time that has passed comes at the next {@link advance}. */
  set(timer: number, dueMillis: number): void {
    this.clear(timer);
    this.#due[timer] = dueMillis;
    const slot = Math.max(Math.ceil(dueMillis), this.#now + 1) % SLOTS;
    const head = this.#heads[slot] as number;
    this.#next[timer] = head;
    // The first of a slot points back to the slot itself: -2 - slot.
    this.#previous[timer] = -2 - slot;
    if (head !== NONE) this.#previous[head] = timer;
    this.#heads[slot] = timer;
  }

  clear(timer: number): void {
    if (!this.isSet(timer)) return;
    const next = this.#next[timer] as number;
    const previous = this.#previous[timer] as number;
    if (previous >= 0) this.#next[previous] = next;
    else this.#heads[-2 - previous] = next;
    if (next !== NONE) this.#previous[next] = previous;
    this.#due[timer] = Number.NaN;
  }

  isSet(timer: number): boolean {
    return !Number.isNaN(this.#due[timer] as number);
  }

  /** Fires every timer that is due. Timers set meanwhile come at the next call at the earliest. */
  advance(nowMillis: number): void {
    const end = Math.floor(nowMillis);
    // After a pause longer than one turn every slot is looked at once.
    const from = Math.max(this.#now + 1, end - SLOTS + 1);
    for (let tick = from; tick <= end; tick++) {
      this.#now = tick;
      this.#fireSlot(tick % SLOTS, end);
    }
  }

  #fireSlot(slot: number, end: number): void {
    let timer = this.#heads[slot] as number;
    const due: number[] = [];
    for (; timer !== NONE; timer = this.#next[timer] as number) {
      if ((this.#due[timer] as number) <= end) due.push(timer);
    }
    // Collected first: what a fired timer sets or clears may change the list.
    for (const fired of due) {
      const at = this.#due[fired] as number;
      if (!(at <= end)) continue;
      this.clear(fired);
      this.#onDue(fired, at);
    }
  }
}
