import { nativeText } from "./native-text.ts";
import { refuseBytes } from "./refuse.ts";
import { readUtf8 } from "./utf8.ts";
import { view } from "./view.ts";

const EMPTY = new Uint8Array(0);

/** Up to this many bytes a string is built in JavaScript; longer ones by Node, where there is Node (measured). */
const SHORT_TEXT = 12;

/** From so many bytes on a varint may hold more than 32 bits. */
const LONG_LENGTH = 5;

/** Unknown groups nested deeper than this are refused, so that no body can exhaust the stack. */
const MAX_GROUP_DEPTH = 100;

const scratch: DataView = new DataView(new ArrayBuffer(8));

/**
 * Reads the values of a body in the order in which they stand. Reading beyond the end never throws by itself: the
 * generated decoders compare `at` with the end of the message behind each field.
 */
export class Reader {
  bytes: Uint8Array = EMPTY;
  /** Offset of the next byte. */
  at: number = 0;

  /** A varint cut to its low 32 bits, as every protobuf parser takes a 32-bit field. */
  uint32(): number {
    const { bytes } = this;
    let at = this.at;
    let byte = bytes[at++] as number;
    if (byte < 0x80) {
      this.at = at;
      return byte;
    }
    let value = byte & 0x7f;
    byte = bytes[at++] as number;
    value |= (byte & 0x7f) << 7;
    if (byte >= 0x80) {
      byte = bytes[at++] as number;
      value |= (byte & 0x7f) << 14;
      if (byte >= 0x80) {
        byte = bytes[at++] as number;
        value |= (byte & 0x7f) << 21;
        if (byte >= 0x80) {
          byte = bytes[at++] as number;
          value |= (byte & 0x0f) << 28;
          if (byte >= 0x80) at = this.#endOfVarint(at, 5);
        }
      }
    }
    this.at = at;
    return value >>> 0;
  }

  /** Skips the bytes of a varint from its sixth on. */
  #endOfVarint(from: number, read: number): number {
    let at = from;
    for (let count = read; count < 10; count++) {
      const byte = this.bytes[at++] as number;
      if (byte < 0x80) {
        if (count === 9 && byte > 1) refuseBytes("a varint is larger than 64 bits", from);
        return at;
      }
    }
    return refuseBytes("a varint is longer than 10 bytes", from);
  }

  /** A varint of up to 64 bits as its signed low 32 bits: `int32` and enums. */
  int32(): number {
    return this.uint32() | 0;
  }

  /** Whether any bit of a varint is set. */
  bool(): boolean {
    const byte = this.bytes[this.at] as number;
    if (byte < 0x80) {
      this.at++;
      return byte !== 0;
    }
    return this.uint64() !== 0n;
  }

  /** A varint of up to 64 bits. */
  uint64(): bigint {
    const { bytes } = this;
    let at = this.at;
    let byte = bytes[at++] as number;
    let low = byte & 0x7f;
    if (byte >= 0x80) {
      byte = bytes[at++] as number;
      low |= (byte & 0x7f) << 7;
      if (byte >= 0x80) {
        byte = bytes[at++] as number;
        low |= (byte & 0x7f) << 14;
        if (byte >= 0x80) {
          byte = bytes[at++] as number;
          low |= (byte & 0x7f) << 21;
          if (byte >= 0x80) return this.#longUint64(at, low);
        }
      }
    }
    this.at = at;
    return BigInt(low);
  }

  /** The rest of a varint whose low 28 bits are known. */
  #longUint64(from: number, low28: number): bigint {
    const { bytes } = this;
    let at = from;
    let byte = bytes[at++] as number;
    const low = low28 | ((byte & 0x0f) << 28);
    let high = (byte & 0x70) >> 4;
    for (let shift = 3; byte >= 0x80; shift += 7) {
      if (shift > 31) refuseBytes("a varint is longer than 10 bytes", from);
      byte = bytes[at++] as number;
      if (shift === 31 && byte < 0x80 && byte > 1) refuseBytes("a varint is larger than 64 bits", from);
      high |= (byte & 0x7f) << shift;
    }
    this.at = at;
    if (high === 0) return BigInt(low >>> 0);
    scratch.setUint32(0, low, true);
    scratch.setUint32(4, high, true);
    return scratch.getBigUint64(0, true);
  }

  /** The offset behind a value with a length in front; `at` then stands behind the length. */
  lengthEnd(end: number): number {
    let length = this.bytes[this.at] as number;
    if (length < 0x80) this.at++;
    else length = this.#longLength();
    if (length > end - this.at) refuseBytes("a length points beyond the end of its message", this.at);
    return this.at + length;
  }

  /** A length of several bytes: all of it, and not its low 32 bits. */
  #longLength(): number {
    const from = this.at;
    const length = this.uint32();
    if (this.at - from < LONG_LENGTH) return length;
    this.at = from;
    return Number(this.uint64());
  }

  /** A view of `bytes`, not a copy. */
  view(end: number): Uint8Array {
    const to = this.lengthEnd(end);
    const from = this.at;
    this.at = to;
    return view(this.bytes, from, to);
  }

  /** A string, refused unless it is UTF-8. */
  text(end: number): string {
    const to = this.lengthEnd(end);
    const from = this.at;
    this.at = to;
    if (to - from <= SHORT_TEXT) return shortText(this.bytes, from, to);
    if (nativeText === undefined) return readUtf8(this.bytes, from, to);
    const text = nativeText.utf8Slice.call(this.bytes, from, to);
    // Node turns what is no UTF-8 into U+FFFD; a U+FFFD that was really sent passes the strict reader.
    return text.includes("\ufffd") ? readUtf8(this.bytes, from, to) : text;
  }

  /**
   * Skips a field that the message does not have, or that came in another wire type.
   * @param tag field number and wire type
   * @param end of the message
   */
  skip(tag: number, end: number): void {
    this.#skip(tag, end, 0);
    if (this.at > end) refuseBytes("a field runs beyond the end of its message", end);
  }

  #skip(tag: number, end: number, depth: number): void {
    if (tag >>> 3 === 0) refuseBytes("a field has the number 0", this.at);
    switch (tag & 7) {
      case 0:
        this.#skipVarint();
        return;
      case 1:
        this.at += 8;
        return;
      case 2:
        this.at = this.lengthEnd(end);
        return;
      case 3:
        this.#skipGroup(tag, end, depth + 1);
        return;
      case 5:
        this.at += 4;
        return;
      default:
        refuseBytes((tag & 7) === 4 ? "a group ends that never began" : `there is no wire type ${tag & 7}`, this.at);
    }
  }

  #skipVarint(): void {
    if ((this.bytes[this.at++] as number) >= 0x80) this.at = this.#endOfVarint(this.at, 1);
  }

  #skipGroup(start: number, end: number, depth: number): void {
    if (depth > MAX_GROUP_DEPTH) refuseBytes(`groups are nested deeper than ${MAX_GROUP_DEPTH}`, this.at);
    while (this.at < end) {
      const tag = this.tag();
      if ((tag & 7) === 4) {
        if (tag >>> 3 !== start >>> 3) refuseBytes("a group ends under another number than it began", this.at);
        return;
      }
      this.#skip(tag, end, depth);
    }
    refuseBytes("a group does not end", this.at);
  }

  /** A field number and wire type: at most 5 bytes and 32 bits. */
  tag(): number {
    const { bytes, at } = this;
    const first = bytes[at] as number;
    if (first < 0x80) {
      this.at = at + 1;
      return first;
    }
    const tag = this.uint32();
    const length = this.at - at;
    if (length > 5 || (length === 5 && (bytes[at + 4] as number) > 0x0f)) {
      refuseBytes("a field number is larger than 536870911", at);
    }
    return tag;
  }

  /** Called behind the last field of a message: the fields must fill it exactly. */
  finish(end: number): void {
    if (this.at !== end) refuseBytes("a field runs beyond the end of its message", end);
  }
}

/** At most {@link SHORT_TEXT} bytes of text, from few calls: each `+=` of a loop would make a string of its own. */
function shortText(bytes: Uint8Array, from: number, to: number): string {
  let bits = 0;
  for (let index = from; index < to; index++) bits |= bytes[index] as number;
  if (bits >= 0x80) return readUtf8(bytes, from, to);
  let text = "";
  let at = from;
  if (to - at >= 8) {
    text = eightUnits(bytes, at);
    at += 8;
  } else if (to - at >= 4) {
    text = fourUnits(bytes, at);
    at += 4;
  }
  if (to - at >= 4) {
    text += fourUnits(bytes, at);
    at += 4;
  }
  switch (to - at) {
    case 0:
      return text;
    case 1:
      return text + String.fromCharCode(bytes[at] as number);
    case 2:
      return text + String.fromCharCode(bytes[at] as number, bytes[at + 1] as number);
    default:
      return text + String.fromCharCode(bytes[at] as number, bytes[at + 1] as number, bytes[at + 2] as number);
  }
}

function fourUnits(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(
    bytes[at] as number,
    bytes[at + 1] as number,
    bytes[at + 2] as number,
    bytes[at + 3] as number,
  );
}

function eightUnits(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(
    bytes[at] as number,
    bytes[at + 1] as number,
    bytes[at + 2] as number,
    bytes[at + 3] as number,
    bytes[at + 4] as number,
    bytes[at + 5] as number,
    bytes[at + 6] as number,
    bytes[at + 7] as number,
  );
}
