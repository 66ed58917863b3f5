import { patchSeqNum } from "../../codegen/index.ts";
import type { GateSeam } from "../seams.ts";
import type { GateSocket } from "./socket.ts";

/** From this length on a packet is not copied into another place where it can be written from its own. */
const LARGE = 16 * 1024;

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
  /** Whether all that waits is a large frame that nobody else has. */
  #isOneLarge = false;
  /** Bytes that wait to be written. */
  length: number = 0;

  get isEmpty(): boolean {
    return this.#frames.length === 0;
  }

  /** @param isShared whether others have the frame too */
  add(frame: Uint8Array, number: number, isShared: boolean): void {
    this.#isOneLarge = this.isEmpty && !isShared && frame.length >= LARGE;
    this.#frames.push(frame);
    this.#numbers.push(number);
    this.length += frame.length;
  }

  clear(): void {
    this.#frames.length = 0;
    this.#numbers.length = 0;
    this.length = 0;
    this.#isOneLarge = false;
  }

  /** Writes whole packets, never mixed (CONN-19). */
  flush(socket: GateSocket, seam: GateSeam): void {
    if (this.#isOneLarge) this.#writeOne(socket, seam);
    else if (socket.framed) this.#writeEach(socket, seam);
    else this.#writeAll(socket, seam);
    this.clear();
  }

  #writeOne(socket: GateSocket, seam: GateSeam): void {
    const frame = this.#frames[0] as Uint8Array;
    patchSeqNum(frame, this.#numbers[0] as number);
    seam.write(socket, frame);
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
