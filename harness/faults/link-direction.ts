import type { Socket } from "node:net";
import type { LinkConditions, Way } from "./faulty-link.ts";

/** Bytes that may wait in one direction before its sender is held back, as a router's buffer would. */
const BUFFER_BYTES = 256 * 1024;
/** A limited rate is handed out in pieces of at most this time, in milliseconds. */
const PIECE_MS = 20;

/** One piece under way: bytes, or the end of the stream. */
interface Parcel {
  readonly due: number;
  readonly bytes: Uint8Array | undefined;
}

/** One way of one connection: takes from a socket, gives to another, in order, when the time has come. */
export class LinkDirection {
  readonly #way: Way;
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #present: () => LinkConditions;
  readonly #random: () => number;
  readonly #queue: Parcel[] = [];
  #queuedBytes = 0;
  #lastDue = 0;
  #isDead = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(way: Way, from: Socket, to: Socket, present: () => LinkConditions, random: () => number) {
    this.#way = way;
    this.#from = from;
    this.#to = to;
    this.#present = present;
    this.#random = random;
    from.on("data", (chunk) => this.#take(chunk));
    from.on("end", () => this.#take(undefined));
    from.on("close", () => clearTimeout(this.#timer));
    to.on("close", () => clearTimeout(this.#timer));
  }

  #take(bytes: Uint8Array | undefined): void {
    const { swallow, latencyMs = 0, jitterMs = 0, bytesPerSecond } = this.#present();
    if (swallow === this.#way) this.#isDead = true;
    if (this.#isDead) return;
    const due = performance.now() + latencyMs + jitterMs * this.#random();
    for (const piece of cut(bytes, bytesPerSecond)) {
      const transfer = bytesPerSecond && piece ? (piece.length / bytesPerSecond) * 1_000 : 0;
      this.#lastDue = Math.max(due, this.#lastDue) + transfer;
      this.#queue.push({ due: this.#lastDue, bytes: piece });
      this.#queuedBytes += piece?.length ?? 0;
    }
    if (this.#queuedBytes > BUFFER_BYTES) this.#from.pause();
    this.give();
  }

  /** Hands over what is due. To be called when the conditions have changed. */
  give(): void {
    clearTimeout(this.#timer);
    if (this.#present().hold) return;
    while (this.#queue[0] && this.#queue[0].due <= performance.now()) {
      const { bytes } = this.#queue.shift() as Parcel;
      if (this.#to.destroyed) continue;
      if (bytes === undefined) this.#to.end();
      else this.#to.write(bytes);
      this.#queuedBytes -= bytes?.length ?? 0;
    }
    if (this.#from.isPaused() && this.#queuedBytes <= BUFFER_BYTES) this.#from.resume();
    const next = this.#queue[0];
    if (next) this.#timer = setTimeout(() => this.give(), Math.max(1, next.due - performance.now()));
  }
}

function cut(bytes: Uint8Array | undefined, bytesPerSecond: number | undefined): (Uint8Array | undefined)[] {
  if (!bytes || !bytesPerSecond) return [bytes];
  const size = Math.max(1, Math.floor((bytesPerSecond * PIECE_MS) / 1_000));
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}
