import type { Command, Partially } from "./command.ts";
import { appendFrame, appendRenumbered } from "./frame.ts";
import { Writer } from "./wire/writer.ts";

/**
 * Gathers packets for one write to a socket: all of them lie in one piece of memory.
 *
 * A receiver that cannot take two packets in one read exists (wire contract, framing rule 8), so a server that
 * must serve such a client writes each packet by itself.
 */
export class FrameBatch {
  readonly #writer: Writer = new Writer();
  #count = 0;

  /**
   * Encodes a packet behind those that are there.
   * @throws ProtocolError `unencodable-body`; the batch is then as it was before
   */
  add<M>(command: Command<M>, message: Partially<M>, seqNum: number): void {
    appendFrame(this.#writer, command, message, seqNum);
    this.#count += 1;
  }

  /** Adds a copy of a whole packet under its own or another number. */
  addRenumbered(frame: Uint8Array, seqNum: number): void {
    appendRenumbered(this.#writer, frame, seqNum);
    this.#count += 1;
  }

  /** Packets gathered since the last {@link take}. */
  get count(): number {
    return this.#count;
  }

  /** Bytes gathered since the last {@link take}. */
  get byteLength(): number {
    return this.#writer.length;
  }

  /** Hands the packets out and starts anew; what was handed out is never written to again. */
  take(): Uint8Array {
    this.#count = 0;
    return this.#writer.take();
  }
}
