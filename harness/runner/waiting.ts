import { awakeTimeout } from "../awake-timeout.ts";

/** Wakes whoever waits for something to become true on a connection. */
export class Waiting {
  readonly #waiters = new Set<() => void>();

  /** Looks again at every condition. */
  wake(): void {
    for (const look of [...this.#waiters]) look();
  }

  /**
   * Waits until `probe` gives a value.
   * @returns undefined when the deadline passed or `hopeless` became true first
   * @throws the signal's reason when it is raised
   */
  until<T>(
    probe: () => T | undefined,
    deadlineMs: number,
    signal: AbortSignal,
    hopeless: () => boolean = () => false,
  ): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearDeadline();
        signal.removeEventListener("abort", abort);
        this.#waiters.delete(look);
        settle();
      };
      const look = (): void => {
        const value = probe();
        if (value !== undefined) finish(() => resolve(value));
        else if (hopeless()) finish(() => resolve(undefined));
      };
      const abort = (): void => finish(() => reject(signal.reason));
      const clearDeadline = awakeTimeout(() => finish(() => resolve(probe())), deadlineMs);
      if (signal.aborted) {
        abort();
        return;
      }
      signal.addEventListener("abort", abort, { once: true });
      this.#waiters.add(look);
      look();
    });
  }
}
