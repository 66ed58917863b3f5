import { createHash } from "node:crypto";

/** Smallest content that holds a mark and a time. */
export const MIN_PAYLOAD_BYTES: number = 64;

const ID_LENGTH = 36;
const TIME_LENGTH = 16;
const PREFIX_LENGTH = ID_LENGTH + 1 + TIME_LENGTH + 1;
const FILLER_OFFSETS = 1024;

/**
 * Writes and verifies the content of messages: the message's id, its intended time and printable filler that depends
 * on the seed and the message's index, so that a cut, mixed up or re-encoded content is seen.
 */
export class PayloadFormat {
  readonly #filler: Buffer;
  readonly #scratch: Buffer;

  /** @param bytes length of a content, at least {@link MIN_PAYLOAD_BYTES} */
  constructor(bytes: number, seed: number) {
    this.#filler = printableBytes(bytes + FILLER_OFFSETS, seed);
    this.#scratch = Buffer.alloc(bytes);
    this.#scratch[ID_LENGTH] = 0x20;
    this.#scratch[PREFIX_LENGTH - 1] = 0x20;
  }

  /** @returns a buffer that the next call writes over; the codec copies it into the frame */
  write(clientMsgId: string, index: number, intendedMicros: number): Uint8Array {
    const scratch = this.#scratch;
    scratch.write(clientMsgId, 0, "latin1");
    scratch.write(Math.round(intendedMicros).toString().padStart(TIME_LENGTH, "0"), ID_LENGTH + 1, "latin1");
    this.#filler.copy(
      scratch,
      PREFIX_LENGTH,
      fillerOffset(index),
      fillerOffset(index) + scratch.length - PREFIX_LENGTH,
    );
    return scratch;
  }

  /** @returns the intended time in microseconds, or undefined when the content is not what was sent */
  verify(content: Uint8Array, clientMsgId: string, index: number): number | undefined {
    if (content.length !== this.#scratch.length) return undefined;
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
    const from = fillerOffset(index);
    const length = bytes.length - PREFIX_LENGTH;
    if (bytes.compare(this.#filler, from, from + length, PREFIX_LENGTH) !== 0) return undefined;
    if (bytes.toString("latin1", 0, ID_LENGTH) !== clientMsgId) return undefined;
    if (bytes[ID_LENGTH] !== 0x20 || bytes[PREFIX_LENGTH - 1] !== 0x20) return undefined;
    let micros = 0;
    for (let at = ID_LENGTH + 1; at < PREFIX_LENGTH - 1; at++) {
      const digit = (bytes[at] as number) - 48;
      if (digit < 0 || digit > 9) return undefined;
      micros = micros * 10 + digit;
    }
    return micros;
  }
}

/** Where a message's filler begins: a stride, so that a few messages already bring every printable character. */
function fillerOffset(index: number): number {
  return (index * 61) % FILLER_OFFSETS;
}

/** Printable ASCII, the same for the same seed. */
function printableBytes(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 32) {
    const block = createHash("sha256").update(`${seed}:${at}`).digest();
    for (let i = 0; i < 32 && at + i < length; i++) bytes[at + i] = 0x21 + ((block[i] as number) % 94);
  }
  return bytes;
}
