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
  /** When it is too late to start, in milliseconds of `performance.now()`. */
  until: number;
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
   * @param patienceMs longest wait of this job, in milliseconds; default is the queue's
   * @throws ServerError `queue-full` when too many jobs wait already, or when this one waited too long
   */
  async run<Result>(job: () => Promise<Result>, patienceMs: number = this.#options.maxWaitMs): Promise<Result> {
    if (this.#running >= this.#options.concurrency) await this.#turn(patienceMs);
    else this.#running++;
    try {
      return await job();
    } finally {
      this.#passOn();
    }
  }

  #turn(patienceMs: number): Promise<void> {
    if (this.#waiting.length >= this.#options.maxWaiting) {
      return Promise.reject(new ServerError("queue-full", `more than ${this.#options.maxWaiting} jobs wait already`));
    }
    const until = performance.now() + patienceMs;
    return new Promise((start, refuse) => this.#waiting.push({ start, refuse, until }));
  }

  /** Hands the finished job's place to the next one that has not waited too long; the place is free if there is none. */
  #passOn(): void {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      if (performance.now() <= next.until) {
        next.start();
        return;
      }
      next.refuse(new ServerError("queue-full", "waited longer for its turn than whoever asked for it waits"));
    }
    this.#running--;
  }
}
