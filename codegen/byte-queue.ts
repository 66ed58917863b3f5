import { view } from "./wire/view.ts";

/** Stands where a chunk was that is taken, so that the chunk can be freed. */
const SPENT = new Uint8Array(0);

/** Chunks below this length are gathered into larger ones: a list of one-byte pieces would cost 100 times its bytes. */
const SMALL_CHUNK = 2048;

/** Length of the buffer in which small chunks are gathered, in bytes. */
const GATHER_LENGTH = 16 * 1024;

/** A first-in first-out queue of bytes that keeps the chunks it was given and copies only where they are small. */
export class ByteQueue {
  /** The chunks from `#first` on hold the bytes; those before it are spent. */
  #chunks: Uint8Array[] = [];
  #first = 0;
  /** Bytes of the first chunk that are spent. */
  #offset = 0;
  #length = 0;
  /** The buffer behind the last chunk when it is our own, and how far it is filled. */
  #gather: Uint8Array | undefined;
  #gathered = 0;

  /** Bytes in the queue. */
  get length(): number {
    return this.#length;
  }

  /** Adds a chunk, which belongs to the queue from now on, or a copy when it is small and not the only one. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    if (this.#length > 0 && chunk.length < SMALL_CHUNK) this.#append(chunk);
    else this.#add(chunk);
    this.#length += chunk.length;
  }

  #add(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#gather = undefined;
  }

  /** Copies a small chunk behind the bytes that were gathered last. */
  #append(chunk: Uint8Array): void {
    const filled = this.#gathered;
    if (this.#gather === undefined || this.#gather.length - filled < chunk.length) {
      const gather = new Uint8Array(GATHER_LENGTH);
      this.#add(gather.subarray(0, chunk.length));
      gather.set(chunk);
      this.#gather = gather;
      this.#gathered = chunk.length;
      return;
    }
    const last = this.#chunks[this.#chunks.length - 1] as Uint8Array;
    this.#gather.set(chunk, filled);
    this.#gathered = filled + chunk.length;
    this.#chunks[this.#chunks.length - 1] = this.#gather.subarray(filled - last.length, this.#gathered);
  }

  /** The first `count` bytes without taking them; the queue has that many. A view where they lie in one chunk. */
  front(count: number): Uint8Array {
    const first = this.#chunks[this.#first] as Uint8Array;
    const end = this.#offset + count;
    return end <= first.length ? view(first, this.#offset, end) : this.#gatherFront(count);
  }

  #gatherFront(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    let filled = 0;
    let offset = this.#offset;
    for (let index = this.#first; filled < count; index++) {
      const chunk = this.#chunks[index] as Uint8Array;
      const part = chunk.subarray(offset, offset + count - filled);
      bytes.set(part, filled);
      filled += part.length;
      offset = 0;
    }
    return bytes;
  }

  /** Takes the first `count` bytes; the queue has that many. */
  take(count: number): Uint8Array {
    const bytes = this.front(count);
    this.#drop(count);
    return bytes;
  }

  #drop(count: number): void {
    this.#length -= count;
    if (this.#length === 0) {
      this.clear();
      return;
    }
    let rest = this.#offset + count;
    let first = this.#first;
    for (;;) {
      const { length } = this.#chunks[first] as Uint8Array;
      if (rest < length) break;
      rest -= length;
      this.#chunks[first++] = SPENT;
    }
    this.#offset = rest;
    this.#first = first;
    // Spent places go in bulk: shifting them out one by one would be quadratic in some engines.
    if (first > 64 && first * 2 > this.#chunks.length) {
      this.#chunks = this.#chunks.slice(first);
      this.#first = 0;
    }
  }

  /**
   * Copies what is left of the only chunk when that is little, so that a connection that stops in the middle of a
   * frame does not hold a whole socket chunk for a few bytes.
   */
  compact(): void {
    if (this.#offset === 0 || this.#length === 0 || this.#chunks.length - this.#first !== 1) return;
    const chunk = this.#chunks[this.#first] as Uint8Array;
    if (this.#length >= SMALL_CHUNK || this.#length * 4 > chunk.length) return;
    const rest = new Uint8Array(this.#length);
    rest.set(view(chunk, this.#offset, chunk.length));
    this.clear();
    this.push(rest);
  }

  /** Forgets everything. */
  clear(): void {
    this.#chunks = [];
    this.#first = 0;
    this.#offset = 0;
    this.#length = 0;
    this.#gather = undefined;
    this.#gathered = 0;
  }
}
