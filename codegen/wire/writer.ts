import { nativeText } from "./native-text.ts";
import { refuse } from "./refuse.ts";
import { utf8Length, writeUtf8 } from "./utf8.ts";
import { varintLength } from "./varint.ts";
import { view } from "./view.ts";

/**
 * Bytes that a writer takes from the system at once. Measured: from 8 to 128 KiB the speed is the same, and a kept
 * packet holds its whole slab.
 */
const SLAB_LENGTH = 16 * 1024;

/**
 * Largest piece that is put together in memory that is used again. Fresh memory for each would cost more than the copy
 * that is handed out, and much of it is what V8 answers with full collections.
 */
const MOST_REUSED = 1024 * 1024;

/** Strings up to this many UTF-16 units reserve the worst case (3 bytes each) instead of being measured first. */
const MEASURE_ABOVE = 1024;

/** From this many UTF-16 units on, Node's own UTF-8 writer is faster than a loop (measured inside the encoders). */
const NATIVE_FROM = 64;

const EMPTY = new Uint8Array(0);

/** Uninitialised where the platform offers it: every byte handed out has been written. */
function newSlab(length: number): Uint8Array {
  const buffer = (globalThis as { Buffer?: { allocUnsafeSlow?: (length: number) => Uint8Array } }).Buffer;
  return buffer?.allocUnsafeSlow ? view(buffer.allocUnsafeSlow(length), 0, length) : new Uint8Array(length);
}

/**
 * Writes packets one behind the other into slabs of memory and hands each finished piece out as a view. A byte that
 * was handed out is never written again: when a slab is full, a new one begins.
 *
 * The generated encoders keep `bytes` and `at` in local variables, so both are plain fields: ask {@link reserve} for
 * room, write, then store `at` back.
 */
export class Writer {
  bytes: Uint8Array = EMPTY;
  /** Where the next byte goes. */
  at: number = 0;
  /** Where the piece that is being written begins. */
  #start: number = 0;
  /** Whether the piece has outgrown a slab, and is put together in the memory for such ones. */
  #isLarge: boolean = false;
  #scratch: Uint8Array = EMPTY;
  /** The slab that goes on when such a piece is finished, and where. */
  #slab: Uint8Array = EMPTY;
  #slabAt: number = 0;

  /** Makes sure that `length` bytes fit from `at` on, and returns `at`. It may replace `bytes`. */
  reserve(length: number): number {
    if (this.bytes.length - this.at < length) this.#grow(length);
    return this.at;
  }

  #grow(length: number): void {
    const unfinished = this.at - this.#start;
    const room = this.#roomFor(unfinished + length);
    if (unfinished > 0) room.set(view(this.bytes, this.#start, this.at));
    this.bytes = room;
    this.#start = 0;
    this.at = unfinished;
  }

  #roomFor(length: number): Uint8Array {
    if (length <= SLAB_LENGTH) return newSlab(SLAB_LENGTH);
    if (!this.#isLarge) {
      this.#isLarge = true;
      this.#slab = this.bytes;
      this.#slabAt = this.#start;
      if (this.#scratch.length >= length) return this.#scratch;
    }
    // Such a piece doubles, so that many additions stay linear in time.
    this.#scratch = newSlab(length * 2);
    return this.#scratch;
  }

  /** Bytes written since the last piece was handed out. */
  get length(): number {
    return this.at - this.#start;
  }

  /** Hands out what was written since the last time. */
  take(): Uint8Array {
    if (this.#isLarge) return this.#takeLarge();
    const piece = view(this.bytes, this.#start, this.at);
    this.#start = this.at;
    return piece;
  }

  #takeLarge(): Uint8Array {
    let piece = view(this.bytes, 0, this.at);
    if (this.bytes.length > MOST_REUSED) this.#scratch = EMPTY;
    else {
      const copy = newSlab(this.at);
      copy.set(piece);
      piece = copy;
    }
    this.#isLarge = false;
    this.bytes = this.#slab;
    this.at = this.#slabAt;
    this.#start = this.#slabAt;
    return piece;
  }

  /** Forgets what was written behind `length` bytes of the current piece. */
  rewind(length: number): void {
    this.at = this.#start + length;
  }
}

/** Room that a string needs at most, tag and length included. */
export function textRoom(text: string, field: string): number {
  if (typeof text !== "string") refuse(field, text, "a string");
  return 10 + (text.length <= MEASURE_ABOVE ? text.length * 3 : utf8Length(text));
}

/** Room that `bytes` need at most, tag and length included. */
export function bytesRoom(bytes: Uint8Array, field: string): number {
  if (!isBytes(bytes)) refuse(field, bytes, "a Uint8Array");
  return 10 + bytes.length;
}

/** A `Uint8Array` of this or of another realm (a vm context has its own). */
function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array || Object.prototype.toString.call(value) === "[object Uint8Array]";
}

/** The items of a repeated field. */
export function checkList<T>(list: readonly T[], field: string): readonly T[] {
  if (!Array.isArray(list)) refuse(field, list, "an array");
  return list;
}

/** Writes an unsigned 32-bit varint that is known to be in range. */
export function putVarint(bytes: Uint8Array, at: number, value: number): number {
  let to = at;
  let rest = value;
  while (rest > 0x7f) {
    bytes[to++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[to++] = rest;
  return to;
}

/** Writes a `uint32`. */
export function putUint32(bytes: Uint8Array, at: number, value: number, field: string): number {
  if (typeof value !== "number" || value >>> 0 !== value) refuse(field, value, "a uint32 (0 to 4294967295)");
  return putVarint(bytes, at, value);
}

/** Writes an `int32` or the number of an enum; a negative one takes 10 bytes. */
export function putInt32(bytes: Uint8Array, at: number, value: number, field: string): number {
  if (typeof value !== "number" || (value | 0) !== value) refuse(field, value, "an int32 (-2147483648 to 2147483647)");
  if (value >= 0) return putVarint(bytes, at, value);
  bytes[at] = (value & 0x7f) | 0x80;
  bytes[at + 1] = ((value >> 7) & 0x7f) | 0x80;
  bytes[at + 2] = ((value >> 14) & 0x7f) | 0x80;
  bytes[at + 3] = ((value >> 21) & 0x7f) | 0x80;
  bytes[at + 4] = ((value >> 28) & 0x7f) | 0x80;
  bytes.fill(0xff, at + 5, at + 9);
  bytes[at + 9] = 1;
  return at + 10;
}

/** Writes a `bool`. */
export function putBool(bytes: Uint8Array, at: number, value: boolean, field: string): number {
  if (typeof value !== "boolean") refuse(field, value, "a boolean");
  bytes[at] = value ? 1 : 0;
  return at + 1;
}

const scratch: DataView = new DataView(new ArrayBuffer(8));

/** Writes a `uint64`. Taking the two halves through a DataView is the one way without a heap number or a new BigInt. */
export function putUint64(bytes: Uint8Array, at: number, value: bigint, field: string): number {
  if (typeof value !== "bigint" || BigInt.asUintN(64, value) !== value) {
    refuse(field, value, "a uint64 (a bigint, 0n to 18446744073709551615n)");
  }
  scratch.setBigUint64(0, value, true);
  const low = scratch.getUint32(0, true);
  const high = scratch.getUint32(4, true);
  let to = at;
  let rest = low;
  if (high === 0) return putVarint(bytes, at, low);
  // 4 bytes carry the low 28 bits, the fifth takes 4 of the low and 3 of the high half.
  for (let index = 0; index < 4; index++) {
    bytes[to++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  const middle = rest | ((high & 0x07) << 4);
  rest = high >>> 3;
  if (rest === 0) {
    bytes[to++] = middle;
    return to;
  }
  bytes[to++] = middle | 0x80;
  return putVarint(bytes, to, rest);
}

/** Writes a `string` with its length. */
export function putText(bytes: Uint8Array, at: number, text: string): number {
  const units = text.length;
  if (units < NATIVE_FROM) {
    let index = 0;
    for (; index < units; index++) {
      const unit = text.charCodeAt(index);
      if (unit > 0x7f) break;
      bytes[at + 1 + index] = unit;
    }
    if (index === units) {
      bytes[at] = units;
      return at + 1 + units;
    }
  }
  // The length stands in front and is known only behind: guess its width from an all-ASCII text and move when wrong.
  const guess = varintLength(units);
  const from = at + guess;
  const to =
    nativeText === undefined ? writeUtf8(bytes, from, text) : from + nativeText.utf8Write.call(bytes, text, from);
  return putLength(bytes, at, guess, to);
}

/** Writes `bytes` with their length. */
export function putBytes(bytes: Uint8Array, at: number, value: Uint8Array): number {
  const to = putVarint(bytes, at, value.length);
  bytes.set(value, to);
  return to + value.length;
}

/**
 * Writes the length of something that stands between `at + guess` and `to` already.
 * @param guess bytes kept free for the length; what follows is moved when it takes another number of bytes
 * @returns the offset behind everything
 */
export function putLength(bytes: Uint8Array, at: number, guess: number, to: number): number {
  const length = to - at - guess;
  const width = varintLength(length);
  if (width !== guess) bytes.copyWithin(at + width, at + guess, to);
  putVarint(bytes, at, length);
  return to + width - guess;
}
