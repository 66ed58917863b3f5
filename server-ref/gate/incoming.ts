/**
 * What clients make this server hold of packets that are not whole yet or that nobody has handled, all connections
 * together: each alone may begin a packet of the largest size, and thousands of them would take all memory.
 */
export class Incoming<Holder> {
  readonly #limit: number;
  readonly #held = new Map<Holder, number>();
  #total = 0;

  /** @param limit bytes that all may hold together */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes that all hold now. */
  get total(): number {
    return this.#total;
  }

  get isTooMuch(): boolean {
    return this.#total > this.#limit;
  }

  /** Notes how many bytes one holds now. */
  set(holder: Holder, bytes: number): void {
    this.#total += bytes - (this.#held.get(holder) ?? 0);
    if (bytes === 0) this.#held.delete(holder);
    else this.#held.set(holder, bytes);
  }

  /** How much each holds, in the order in which they began to. */
  get held(): ReadonlyMap<Holder, number> {
    return this.#held;
  }
}
