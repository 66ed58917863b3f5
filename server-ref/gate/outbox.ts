import { patchSeqNum } from "../../codegen/index.ts";
import type { GateSeam } from "../seams.ts";
import type { GateSocket } from "./socket.ts";

function copyNumbered(target: Uint8Array, at: number, frame: Uint8Array, number: number): void {
  target.set(frame, at);
  patchSeqNum(target, number, at);
}

/**
 * Packets that leave a connection together: one write per connection and turn of the event loop. A frame may be
 * shared by many connections, so it is copied here, and each copy gets its own number.
 */
export class Outbox {
  readonly #frames: Uint8Array[] = [];
  readonly #numbers: number[] = [];
  /** Bytes that wait to be written. */
  length: number = 0;

  get isEmpty(): boolean {
    return this.#frames.length === 0;
  }

  add(frame: Uint8Array, number: number): void {
    this.#frames.push(frame);
    this.#numbers.push(number);
    this.length += frame.length;
  }

  clear(): void {
    this.#frames.length = 0;
    this.#numbers.length = 0;
    this.length = 0;
  }

  /** Writes whole packets, never mixed (CONN-19). */
  flush(socket: GateSocket, seam: GateSeam): void {
    if (socket.framed) this.#writeEach(socket, seam);
    else this.#writeAll(socket, seam);
    this.clear();
  }

  #writeAll(socket: GateSocket, seam: GateSeam): void {
    const bytes = Buffer.allocUnsafe(this.length);
    let at = 0;
    for (const [index, frame] of this.#frames.entries()) {
      copyNumbered(bytes, at, frame, this.#numbers[index] as number);
      at += frame.length;
    }
    seam.write(socket, bytes);
  }

  #writeEach(socket: GateSocket, seam: GateSeam): void {
    socket.cork();
    for (const [index, frame] of this.#frames.entries()) {
      const bytes = Buffer.allocUnsafe(frame.length);
      copyNumbered(bytes, 0, frame, this.#numbers[index] as number);
      seam.write(socket, bytes);
    }
    socket.uncork();
  }
}
