import type { Command } from "../../codegen/index.ts";

/** A packet from the server that answers no request of this connection. */
export interface Push<M = unknown> {
  readonly command: Command<M>;
  readonly message: M;
  /** The server's number for it; it has no meaning for a client (wire contract §3.3). */
  readonly seqNum: number;
  /** Monotonic time of arrival in milliseconds. */
  readonly receivedAt: number;
  /** `history` when it was missed during a broken connection and fetched afterwards. */
  readonly origin: "live" | "history";
}

/** Whether a push is the one that is waited for. */
export type PushPredicate<M> = (message: M, push: Push<M>) => boolean;

/** Somebody who waits for a push. */
export interface PushWaiter {
  readonly command: Command;
  readonly matches: PushPredicate<unknown> | undefined;
  resolve(push: Push): void;
}

/**
 * Keeps pushes until somebody asks for them, in the order of arrival, so that nothing is lost between two waits.
 * Holds at most `limit`; beyond it the oldest go and {@link dropped} counts them.
 */
export class PushQueue {
  readonly limit: number;
  #kept: Push[] = [];
  #waiters: PushWaiter[] = [];
  #dropped = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Pushes that were let go because the queue was full. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Gives a push to the first waiter it suits, or keeps it. */
  add(push: Push): void {
    const index = this.#waiters.findIndex((waiter) => suits(waiter, push));
    if (index >= 0) {
      const [waiter] = this.#waiters.splice(index, 1);
      waiter?.resolve(push);
      return;
    }
    if (this.#kept.length >= this.limit) {
      this.#dropped++;
      if (this.limit === 0) return;
      this.#kept.shift();
    }
    this.#kept.push(push);
  }

  /** Serves a waiter from what is kept, or lets it wait. */
  wait(waiter: PushWaiter): void {
    const index = this.#kept.findIndex((push) => suits(waiter, push));
    if (index < 0) this.#waiters.push(waiter);
    else waiter.resolve(this.#kept.splice(index, 1)[0] as Push);
  }

  stopWaiting(waiter: PushWaiter): void {
    this.#waiters = this.#waiters.filter((other) => other !== waiter);
  }

  /** Takes out what is kept of one command, oldest first. */
  take(command: Command): Push[] {
    const taken = this.#kept.filter((push) => push.command.id === command.id);
    this.#kept = this.#kept.filter((push) => push.command.id !== command.id);
    return taken;
  }

  /** What is kept of one command, without taking it. */
  peek(command: Command): Push[] {
    return this.#kept.filter((push) => push.command.id === command.id);
  }
}

function suits(waiter: PushWaiter, push: Push): boolean {
  return waiter.command.id === push.command.id && (waiter.matches?.(push.message, push) ?? true);
}
