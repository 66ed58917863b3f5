import { type BodyCodec, isProtocolError } from "../../codegen/index.ts";

/** Settles a wait for an answer that came and is not the message that was due. */
export const UNDECODABLE: unique symbol = Symbol("undecodable");

/** Settles a wait whose connection has gone: who let go of it is told by itself. */
export const CONNECTION_GONE: unique symbol = Symbol("connection gone");

/** What somebody waits for. */
export interface Awaited {
  /** Command id of the answer. */
  readonly replyId: number;
  /** How its body is read; undefined where {@link PendingAnswers.settle} hands in what was decoded already. */
  readonly body?: BodyCodec<unknown> | undefined;
}

interface Waiter extends Awaited {
  seqNum: number;
  deadlineMillis: number;
  settle(answer: unknown): void;
}

/** The answers that one user waits for. Exists only for users that wait for anything but acknowledgements. */
export class PendingAnswers {
  #waiters: Waiter[] = [];
  #untilOnline: ((isOnline: boolean) => void)[] = [];

  /** @returns the answer, {@link UNDECODABLE}, {@link CONNECTION_GONE}, or undefined when none comes in time */
  wait(awaited: Awaited, seqNum: number, deadlineMillis: number): Promise<unknown> {
    return new Promise((settle) => this.#waiters.push({ ...awaited, seqNum, deadlineMillis, settle }));
  }

  /** Settles when the login that is under way has succeeded, or with false when the connection has gone first. */
  untilOnline(): Promise<boolean> {
    return new Promise((settle) => this.#untilOnline.push(settle));
  }

  announceOnline(): void {
    for (const settle of this.#untilOnline.splice(0)) settle(true);
  }

  /**
   * Gives a frame to whoever waits for it, matched by command first and sequence number second.
   * @returns false when nobody waits for it, or only for {@link settle}
   */
  take(commandId: number, seqNum: number, body: Uint8Array): boolean {
    const waiter = this.#find(commandId, seqNum);
    if (waiter?.body === undefined) return false;
    // The body is a view of the shared read buffer, so it is decoded from a copy: the answer outlives this call.
    this.#settle(waiter, decode(waiter.body, new Uint8Array(body)));
    return true;
  }

  /** Settles with an answer that was decoded already. */
  settle(commandId: number, seqNum: number, answer: unknown): void {
    const waiter = this.#find(commandId, seqNum);
    if (waiter) this.#settle(waiter, answer);
  }

  /** Gives up on what has waited too long. @returns the next deadline in milliseconds, if any */
  expire(nowMillis: number): number | undefined {
    for (const waiter of this.#waiters.filter((waiter) => waiter.deadlineMillis <= nowMillis)) {
      this.#settle(waiter, undefined);
    }
    return this.#waiters.length === 0 ? undefined : Math.min(...this.#waiters.map((waiter) => waiter.deadlineMillis));
  }

  /** No answer will come any more. @param isLost the connection was lost; false: the user went away with its requests open */
  giveUp(isLost: boolean): void {
    for (const waiter of this.#waiters.splice(0)) waiter.settle(isLost ? CONNECTION_GONE : undefined);
    for (const settle of this.#untilOnline.splice(0)) settle(false);
  }

  #find(commandId: number, seqNum: number): Waiter | undefined {
    for (const waiter of this.#waiters) {
      if (waiter.seqNum === seqNum && waiter.replyId === commandId) return waiter;
    }
    return undefined;
  }

  #settle(waiter: Waiter, answer: unknown): void {
    this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
    waiter.settle(answer);
  }
}

function decode(codec: BodyCodec<unknown>, body: Uint8Array): unknown {
  try {
    return codec.decode(body);
  } catch (error) {
    if (!isProtocolError(error)) throw error;
    return UNDECODABLE;
  }
}
