/** The pause between two slices, in milliseconds: others are served meanwhile. */
const PAUSE_MS = 5;

/** Items of a slice when few wait. */
const SMALLEST_SLICE = 100;

/**
 * Works through items a slice at a time, so that thousands that are due at once (connections to close) hold nobody
 * up: closing 10,000 sockets takes the event loop hundreds of milliseconds, closing 100 of them a few.
 */
export class Slices<Item> {
  /** What is not done yet, in the order of doing it. Who takes an item out of here spares it. */
  readonly waiting: Set<Item> = new Set<Item>();
  readonly #work: (item: Item) => void;
  readonly #most: number;
  #size = SMALLEST_SLICE;
  #timer: NodeJS.Timeout | undefined;

  /** @param mostSlices what waits is done within so many slices, 5 ms apart, however many items it is */
  constructor(mostSlices: number, work: (item: Item) => void) {
    this.#most = mostSlices;
    this.#work = work;
  }

  /** Begins with what waits, or goes on with more: the first slice at once. */
  start(): void {
    this.#size = Math.max(this.#size, Math.ceil(this.waiting.size / this.#most));
    if (this.#timer === undefined) this.#doSlice();
  }

  /** Leaves undone what is not done. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.waiting.clear();
  }

  readonly #doSlice = (): void => {
    this.#timer = undefined;
    let left = this.#size;
    for (const item of this.waiting) {
      if (left-- === 0) break;
      this.waiting.delete(item);
      this.#work(item);
    }
    if (this.waiting.size > 0) this.#timer = setTimeout(this.#doSlice, PAUSE_MS).unref();
    else this.#size = SMALLEST_SLICE;
  };
}
