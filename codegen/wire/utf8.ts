import { refuseBytes } from "./refuse.ts";

const REPLACEMENT = 0xfffd;

/** The code point at `index`, a lone surrogate as U+FFFD (what `TextEncoder` does too). */
function codePointAt(text: string, index: number): number {
  const point = text.codePointAt(index) as number;
  return point >= 0xd800 && point <= 0xdfff ? REPLACEMENT : point;
}

/** Bytes that `text` takes in UTF-8. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) length += 1;
    else if (unit >= 0xd800 && unit <= 0xdbff && codePointAt(text, index) > 0xffff) {
      length += 2;
      index += 1;
    } else length += 2;
  }
  return length;
}

/** Writes `text` as UTF-8 from `at` on and returns the offset behind it. The caller has made sure that it fits. */
export function writeUtf8(bytes: Uint8Array, at: number, text: string): number {
  let to = at;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      bytes[to++] = unit;
    } else if (unit < 0x800) {
      bytes[to++] = 0xc0 | (unit >> 6);
      bytes[to++] = 0x80 | (unit & 0x3f);
    } else {
      const point = codePointAt(text, index);
      if (point > 0xffff) {
        index += 1;
        bytes[to++] = 0xf0 | (point >> 18);
        bytes[to++] = 0x80 | ((point >> 12) & 0x3f);
      } else {
        bytes[to++] = 0xe0 | (point >> 12);
      }
      bytes[to++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[to++] = 0x80 | (point & 0x3f);
    }
  }
  return to;
}

/** Smallest and largest byte that may follow a lead byte; it keeps out overlong forms, surrogates and > U+10FFFF. */
function secondByteRange(lead: number): [low: number, high: number] {
  if (lead === 0xe0) return [0xa0, 0xbf];
  if (lead === 0xed) return [0x80, 0x9f];
  if (lead === 0xf0) return [0x90, 0xbf];
  if (lead === 0xf4) return [0x80, 0x8f];
  return [0x80, 0xbf];
}

/** Bytes of the sequence that a lead byte starts; 0 when no sequence starts with it. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/** UTF-16 units handed to one call of `String.fromCharCode`: below every engine's limit of arguments. */
const UNITS_PER_CALL = 4096;

/**
 * Reads UTF-8 strictly.
 * @throws ProtocolError `undecodable-body` when the bytes are not UTF-8
 */
export function readUtf8(bytes: Uint8Array, from: number, to: number): string {
  let text = "";
  let units: number[] = [];
  let at = from;
  while (at < to) {
    const lead = bytes[at] as number;
    const length = sequenceLength(lead);
    if (length === 0 || at + length > to) refuseBytes("a string is not UTF-8", at);
    let point = length === 1 ? lead : lead & (0x7f >> length);
    const [low, high] = secondByteRange(lead);
    for (let index = 1; index < length; index++) {
      const next = bytes[at + index] as number;
      if (next < (index === 1 ? low : 0x80) || next > (index === 1 ? high : 0xbf)) {
        refuseBytes("a string is not UTF-8", at);
      }
      point = (point << 6) | (next & 0x3f);
    }
    if (point > 0xffff) units.push(0xd7c0 + (point >> 10), 0xdc00 | (point & 0x3ff));
    else units.push(point);
    at += length;
    if (units.length >= UNITS_PER_CALL) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}
