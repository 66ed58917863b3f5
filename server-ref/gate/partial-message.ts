/** Bytes of the longest head of a frame: two, eight for the length and four for the mask (RFC 6455, section 5.2). */
const LONGEST_HEAD = 14;

/** Length of a head of which the first two bytes are known. */
function headLength(head: Buffer): number {
  const second = head.readUInt8(1);
  const length = second & 0x7f;
  return 2 + (length === 127 ? 8 : length === 126 ? 2 : 0) + (second & 0x80 ? 4 : 0);
}

function payloadLength(head: Buffer): number {
  const length = head.readUInt8(1) & 0x7f;
  if (length === 126) return head.readUInt16BE(2);
  return length === 127 ? Number(head.readBigUInt64BE(2)) : length;
}

/**
 * Follows how many bytes of a message that is not whole yet lie in the WebSocket library, which it does not tell: it
 * reads the heads of the frames that go by. A stream that is no WebSocket's is for the library to end.
 */
export class PartialMessage {
  /** Bytes of the message so far; 0 between messages. */
  bytes = 0;
  readonly #head = Buffer.alloc(LONGEST_HEAD);
  #headBytes = 0;
  /** Bytes that the frame's payload still lacks. */
  #left = 0;

  /** Notes what came, wherever it is cut. */
  add(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      if (this.#left > 0) {
        const length = Math.min(this.#left, chunk.length - at);
        at += length;
        this.#addPayload(length);
      } else {
        this.#addToHead(chunk[at++] as number);
      }
    }
  }

  #addToHead(byte: number): void {
    this.#head[this.#headBytes++] = byte;
    if (this.#headBytes < 2 || this.#headBytes < headLength(this.#head)) return;
    this.#headBytes = 0;
    this.#left = payloadLength(this.#head);
    if (this.#left === 0) this.#addPayload(0);
  }

  #addPayload(length: number): void {
    const first = this.#head.readUInt8(0);
    // Pings and their like may stand within a message.
    const isControl = (first & 0x08) !== 0;
    this.#left -= length;
    if (isControl) return;
    this.bytes += length;
    const isLast = (first & 0x80) !== 0;
    if (isLast && this.#left === 0) this.bytes = 0;
  }
}
