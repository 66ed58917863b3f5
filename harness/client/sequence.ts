/** Largest `seq_num`; 1 comes after it. */
export const MAX_SEQ_NUM = 65_535;

/** Numbers a client's packets: 1 to 65535, then 1 again; never 0, never a number whose answer is still due. */
export class SequenceNumbers {
  #last: number;

  /** @param last the number before the first one, for tests of the wrap */
  constructor(last: number = 0) {
    this.#last = last;
  }

  /** The next number for which `isOutstanding` is false. */
  next(isOutstanding: (seqNum: number) => boolean): number {
    for (let tries = 0; tries < MAX_SEQ_NUM; tries++) {
      this.#last = this.#last >= MAX_SEQ_NUM ? 1 : this.#last + 1;
      if (!isOutstanding(this.#last)) return this.#last;
    }
    throw new Error(`all ${MAX_SEQ_NUM} sequence numbers wait for an answer`);
  }
}
