/** A set of messages, each identified by its sender's row and its index; bounded, so that a broken server cannot fill memory. */
export class MessageSet {
  readonly #indexes = new Map<number, Set<number>>();
  readonly #limit: number;
  #size = 0;

  /** @param limit how many messages are kept at most; what is added beyond that is let go */
  constructor(limit: number = Number.POSITIVE_INFINITY) {
    this.#limit = limit;
  }

  /** @param row of the sender among the members of all conversations */
  add(row: number, index: number): void {
    if (this.#size >= this.#limit) return;
    let indexes = this.#indexes.get(row);
    if (!indexes) {
      indexes = new Set();
      this.#indexes.set(row, indexes);
    }
    if (indexes.has(index)) return;
    indexes.add(index);
    this.#size++;
  }

  delete(row: number, index: number): void {
    if (this.#indexes.get(row)?.delete(index)) this.#size--;
  }

  has(row: number, index: number): boolean {
    return this.#indexes.get(row)?.has(index) === true;
  }
}
