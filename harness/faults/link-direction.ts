import type { Socket } from "node:net";

/** How a link treats what travels over it. All can be changed while connections are open. */
export interface LinkConditions {
  /** Delay of each way, in milliseconds. Default 0. */
  readonly latencyMs?: number;
  /** Random extra delay of each way, at most, in milliseconds; bytes never overtake each other. Default 0. */
  readonly jitterMs?: number;
  /** Bytes per second of each connection and way. Default: no limit. */
  readonly bytesPerSecond?: number;
  /**
   * A way in which bytes vanish while both sides still see an open connection. A stream that has lost bytes never
   * goes on: the way stays dead for the connections that met it. Default: none.
   */
  readonly swallow?: Way | undefined;
  /** Nothing passes; what was sent meanwhile arrives afterwards, as TCP makes it. Default false. */
  readonly hold?: boolean;
}

/** A direction of travel. */
export type Way = "to-client" | "to-server";

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
    to.on("drain", () => this.give());
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
    // Whoever does not read is waited for, so that a flood fills no more than the buffer.
    while (this.#queue[0] && this.#queue[0].due <= performance.now() && !this.#to.writableNeedDrain) {
      const { bytes } = this.#queue.shift() as Parcel;
      if (this.#to.destroyed) continue;
      if (bytes === undefined) this.#to.end();
      else this.#to.write(bytes);
      this.#queuedBytes -= bytes?.length ?? 0;
    }
    if (this.#from.isPaused() && this.#queuedBytes <= BUFFER_BYTES) this.#from.resume();
    const next = this.#queue[0];
    if (next && !this.#to.writableNeedDrain)
      this.#timer = setTimeout(() => this.give(), Math.max(1, next.due - performance.now()));
  }
}

function cut(bytes: Uint8Array | undefined, bytesPerSecond: number | undefined): (Uint8Array | undefined)[] {
  if (!bytes || !bytesPerSecond) return [bytes];
  const size = Math.max(1, Math.floor((bytesPerSecond * PIECE_MS) / 1_000));
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}
