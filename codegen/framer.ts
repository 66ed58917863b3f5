import { ProtocolError } from "./errors.ts";
import { type FrameHeader, HEADER_LENGTH, readHeader } from "./header.ts";

/** Largest packet a receiver takes unless told otherwise: 10 MiB (CONN-07). */
export const DEFAULT_MAX_FRAME_LENGTH: number = 10 * 1024 * 1024;

/** One packet cut from a stream. */
export interface Frame {
  header: FrameHeader;
  /** The bytes behind the header; a view that nobody writes to again. */
  body: Uint8Array;
  /** Header and body as they came. */
  bytes: Uint8Array;
}

/** Cuts a byte stream into frames by `length` alone, whatever the pieces it comes in. */
export class Framer {
  readonly maxLength: number;
  #pending: Buffer = Buffer.alloc(0);

  /** @param maxLength largest packet accepted, in bytes, header included */
  constructor(maxLength: number = DEFAULT_MAX_FRAME_LENGTH) {
    this.maxLength = maxLength;
  }

  /** Adds bytes of the stream; take the frames with {@link next}. */
  push(chunk: Uint8Array): void {
    this.#pending = this.#pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#pending, chunk]);
  }

  /**
   * The next complete frame, or undefined until more bytes come.
   * @throws ProtocolError `length-too-short` or `length-too-long`: the stream can no longer be cut
   */
  next(): Frame | undefined {
    const pending = this.#pending;
    if (pending.length < HEADER_LENGTH) return undefined;
    const header = readHeader(pending);
    if (header.length < HEADER_LENGTH) {
      throw new ProtocolError(
        "length-too-short",
        `length ${header.length} is below the header's ${HEADER_LENGTH} bytes`,
      );
    }
    if (header.length > this.maxLength) {
      throw new ProtocolError(
        "length-too-long",
        `length ${header.length} is above the limit of ${this.maxLength} bytes`,
      );
    }
    if (pending.length < header.length) return undefined;
    const bytes = pending.subarray(0, header.length);
    this.#pending = pending.subarray(header.length);
    return { header, body: bytes.subarray(HEADER_LENGTH), bytes };
  }

  /** Bytes held back until the rest of their frame comes. */
  get pendingBytes(): number {
    return this.#pending.length;
  }

  /**
   * Tells the framer that the stream has ended.
   * @throws ProtocolError `truncated-stream` when it ended inside a frame
   */
  end(): void {
    if (this.#pending.length > 0) {
      throw new ProtocolError("truncated-stream", `the stream ended ${this.#pending.length} bytes into a frame`);
    }
  }
}
