import { createHash } from "node:crypto";

/** Smallest content that holds a mark and a time. */
export const MIN_PAYLOAD_BYTES: number = 64;

const ID_LENGTH = 36;
const TIME_LENGTH = 16;
const PREFIX_LENGTH = ID_LENGTH + 1 + TIME_LENGTH + 1;
const FILLER_OFFSETS = 1024;
/** Characters shown on each side of the first one that differs. */
const SHOWN_AROUND = 12;

/** What a content's filler is made of: letters, digits, "." and "-", or every printable character of ASCII. */
export type PayloadText = "plain" | "any";

const alphabets: Record<PayloadText, Buffer> = {
  plain: Buffer.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-"),
  any: Buffer.from(Array.from({ length: 94 }, (_, at) => 0x21 + at)),
};

/**
 * Writes and verifies the content of messages: the message's id, its intended time and printable filler that depends
 * on the seed and the message's index, so that a cut or mixed up content is seen. The filler is plain unless asked for
 * otherwise: a server that fails on a quote would else be blind to everything that a load is about.
 */
export class PayloadFormat {
  readonly #text: PayloadText;
  readonly #filler: Buffer;
  readonly #scratch: Buffer;

  /** @param bytes length of a content, at least {@link MIN_PAYLOAD_BYTES} */
  constructor(bytes: number, seed: number, text: PayloadText = "plain") {
    this.#text = text;
    this.#filler = printableBytes(bytes + FILLER_OFFSETS, seed, alphabets[text]);
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

  /**
   * The part of a content that differs from message to message, where its characters may be what a server fails on.
   * @returns undefined for plain text, which says nothing
   */
  telling(index: number): string | undefined {
    if (this.#text === "plain") return undefined;
    const from = fillerOffset(index);
    return quoted(this.#filler.subarray(from, from + this.#scratch.length - PREFIX_LENGTH));
  }

  /** In what a content differs from the one that was sent, both shown where they part. */
  describeDifference(content: Uint8Array, clientMsgId: string, index: number): string {
    const got = Buffer.from(content.buffer, content.byteOffset, content.length);
    const from = fillerOffset(index);
    const length = this.#scratch.length;
    // The time that was sent is known from nowhere else than the content: what stands in its place is taken for it.
    const sent = Buffer.concat([
      Buffer.from(`${clientMsgId} `, "latin1"),
      got.subarray(ID_LENGTH + 1, PREFIX_LENGTH - 1),
      Buffer.from(" "),
      this.#filler.subarray(from, from + length - PREFIX_LENGTH),
    ]);
    return describeContents(sent, got);
  }
}

/** Two contents that differ, both shown where they part. */
export function describeContents(sent: Uint8Array, got: Uint8Array): string {
  let at = 0;
  while (at < sent.length && sent[at] === got[at]) at++;
  const around = (bytes: Uint8Array): string =>
    quoted(Buffer.from(bytes.subarray(Math.max(0, at - SHOWN_AROUND), at + SHOWN_AROUND)));
  return `${sent.length} bytes with ${around(sent)} around byte ${at} were sent, ${got.length} with ${around(got)} came`;
}

/** Bytes as text that no terminal acts on. */
function quoted(bytes: Buffer): string {
  const text = JSON.stringify(bytes.toString("latin1"));
  return text.replaceAll(/[\x7f-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
}

/** Where a message's filler begins: a stride, so that a few messages already bring every printable character. */
function fillerOffset(index: number): number {
  return (index * 61) % FILLER_OFFSETS;
}

/** Characters of an alphabet, the same for the same seed. */
function printableBytes(length: number, seed: number, alphabet: Buffer): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 32) {
    const block = createHash("sha256").update(`${seed}:${at}`).digest();
    for (let i = 0; i < 32 && at + i < length; i++)
      bytes[at + i] = alphabet[(block[i] as number) % alphabet.length] as number;
  }
  return bytes;
}
