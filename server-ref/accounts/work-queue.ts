import { ServerError } from "../errors.ts";

/** Limits of a {@link WorkQueue}. */
export interface WorkQueueOptions {
  /** Jobs that run at the same time. */
  concurrency: number;
  /** Jobs that may wait behind the running ones. */
  maxWaiting: number;
  /** Longest wait before a job starts, in milliseconds; a job that waited longer is refused instead of run. */
  maxWaitMs: number;
}

interface WaitingJob {
  start(): void;
  refuse(error: ServerError): void;
  since: number;
}

/**
 * Runs asynchronous jobs in the order they came, a few at a time, and refuses what would have to wait too long, so that
 * a flood of logins cannot pile up (a refused one answers 201, LOGIN-07).
 * A refused job costs nothing: whoever asked for it has given up by then (clients wait 3 s for a login, LOGIN-16).
 */
export class WorkQueue {
  readonly #options: WorkQueueOptions;
  readonly #waiting: WaitingJob[] = [];
  #running = 0;

  constructor(options: WorkQueueOptions) {
    this.#options = options;
  }

  /** Jobs that have not started yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Jobs that run now. */
  get running(): number {
    return this.#running;
  }

  /**
   * The job's result, once its turn has come.
   * @throws ServerError `queue-full` when too many jobs wait already, or when this one waited too long
   */
  async run<Result>(job: () => Promise<Result>): Promise<Result> {
    if (this.#running >= this.#options.concurrency) await this.#turn();
    else this.#running++;
    try {
      return await job();
    } finally {
      this.#passOn();
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= this.#options.maxWaiting) {
      return Promise.reject(new ServerError("queue-full", `more than ${this.#options.maxWaiting} jobs wait already`));
    }
    return new Promise((start, refuse) => this.#waiting.push({ start, refuse, since: performance.now() }));
  }

  /** Hands the finished job's place to the next one that has not waited too long; the place is free if there is none. */
  #passOn(): void {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      if (performance.now() - next.since <= this.#options.maxWaitMs) {
        next.start();
        return;
      }
      next.refuse(new ServerError("queue-full", `waited longer than ${this.#options.maxWaitMs} ms`));
    }
    this.#running--;
  }
}
