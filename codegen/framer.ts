import { ByteQueue } from "./byte-queue.ts";
import { ProtocolError } from "./errors.ts";
import { type FrameHeader, HEADER_LENGTH, readHeader } from "./header.ts";
import { view } from "./wire/view.ts";

/** Largest packet a receiver takes unless told otherwise: 10 MiB (CONN-07). */
export const DEFAULT_MAX_FRAME_LENGTH: number = 10 * 1024 * 1024;

/** One packet cut from a stream. */
export interface Frame {
  header: FrameHeader;
  /**
   * The bytes behind the header, usually a view of the chunk they came in; nobody writes to it again. Who keeps it
   * (or a `bytes` field decoded from it) for longer than the packet's handling copies it with `slice()`: the view
   * keeps the whole chunk alive.
   */
  body: Uint8Array;
  /** Header and body as they came. */
  bytes: Uint8Array;
}

/**
 * Cuts a byte stream into frames by `length` alone, whatever the pieces it comes in (CONN-02).
 *
 * The header is read once, and its length is checked before anything is gathered; no memory is reserved for bytes
 * that have not come.
 */
export class Framer {
  readonly maxLength: number;
  readonly #queue: ByteQueue = new ByteQueue();
  /** The header of the frame at the front, when its 16 bytes are there. */
  #header: FrameHeader | undefined;
  #failure: ProtocolError | undefined;

  /** @param maxLength largest packet accepted, in bytes, header included */
  constructor(maxLength: number = DEFAULT_MAX_FRAME_LENGTH) {
    this.maxLength = maxLength;
  }

  /**
   * Adds bytes of the stream; take the frames with {@link next}. The caller gives the chunk away: frames are views of
   * it. Behind a protocol error nothing is taken any more.
   */
  push(chunk: Uint8Array): void {
    if (this.#failure === undefined) this.#queue.push(chunk);
  }

  /**
   * The next complete frame, or undefined until more bytes come.
   * @throws ProtocolError `length-too-short` or `length-too-long`: the stream can no longer be cut, and every later
   * call throws the same
   */
  next(): Frame | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    this.#header ??= this.#readHeader();
    const header = this.#header;
    if (header === undefined || this.#queue.length < header.length) {
      this.#queue.compact();
      return undefined;
    }
    this.#header = undefined;
    const bytes = this.#queue.take(header.length);
    return { header, body: view(bytes, HEADER_LENGTH, bytes.length), bytes };
  }

  #readHeader(): FrameHeader | undefined {
    if (this.#queue.length < HEADER_LENGTH) return undefined;
    const header = readHeader(this.#queue.front(HEADER_LENGTH));
    if (header.length < HEADER_LENGTH) {
      return this.#fail("length-too-short", `length ${header.length} is below the header's ${HEADER_LENGTH} bytes`);
    }
    if (header.length > this.maxLength) {
      return this.#fail("length-too-long", `length ${header.length} is above the limit of ${this.maxLength} bytes`);
    }
    return header;
  }

  #fail(code: "length-too-short" | "length-too-long", message: string): never {
    this.#failure = new ProtocolError(code, message);
    this.#queue.clear();
    throw this.#failure;
  }

  /** Bytes held back until the rest of their frame comes. */
  get pendingBytes(): number {
    return this.#queue.length;
  }

  /**
   * Tells the framer that the stream has ended.
   * @throws ProtocolError `truncated-stream` when it ended inside a frame
   */
  end(): void {
    if (this.#queue.length > 0) {
      throw new ProtocolError("truncated-stream", `the stream ended ${this.#queue.length} bytes into a frame`);
    }
  }
}
