import { type BodyCodec, isProtocolError } from "../../codegen/index.ts";

/** What somebody waits for. */
export interface Awaited {
  /** Command id of the answer. */
  readonly replyId: number;
  /** How its body is read; undefined where the answer is decoded before it is handed in. */
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

  /** @returns undefined when the answer does not come */
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
   * @returns false when the body is not the message that is due: whoever waits gets none then
   */
  take(commandId: number, seqNum: number, body: Uint8Array): boolean {
    const waiter = this.#find(commandId, seqNum);
    if (!waiter) return true;
    let answer: unknown;
    try {
      // The body is a view of the shared read buffer, so it is decoded from a copy: the answer outlives this call.
      answer = waiter.body?.decode(new Uint8Array(body));
    } catch (error) {
      if (!isProtocolError(error)) throw error;
    }
    this.#settle(waiter, answer);
    return answer !== undefined;
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

  /** The connection is gone: no answer will come. */
  giveUp(): void {
    for (const waiter of this.#waiters.splice(0)) waiter.settle(undefined);
    for (const settle of this.#untilOnline.splice(0)) settle(false);
  }

  #find(commandId: number, seqNum: number): Waiter | undefined {
    return this.#waiters.find((waiter) => waiter.seqNum === seqNum && waiter.replyId === commandId);
  }

  #settle(waiter: Waiter, answer: unknown): void {
    this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
    waiter.settle(answer);
  }
}
