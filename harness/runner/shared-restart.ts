interface Ready {
  resolve(): void;
  reject(reason: unknown): void;
}

/**
 * One restart of the target for many cases: each says that it is ready, and when every case that takes part is ready or
 * over, the target restarts once. So a restart costs a run as much for a hundred cases as for one.
 */
export class SharedRestart {
  readonly #restart: () => Promise<void>;
  readonly #ready = new Set<Ready>();
  #taking = 0;

  /** @param restart stops the target in order and starts it again, with the same store and addresses */
  constructor(restart: () => Promise<void>) {
    this.#restart = restart;
  }

  /** A case takes part from now on. */
  enter(): void {
    this.#taking += 1;
  }

  /** A case is over; the others no longer wait for it. */
  leave(): void {
    this.#taking -= 1;
    this.#restartWhenReady();
  }

  /**
   * Waits for the restart that all who take part share.
   * @param signal ends the wait; the others no longer count on who has given up
   * @throws what the restart threw, or the signal's reason
   */
  ready(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const entry: Ready = { resolve, reject };
      this.#ready.add(entry);
      const giveUp = (): void => {
        if (this.#ready.delete(entry)) reject(signal.reason);
      };
      if (signal.aborted) giveUp();
      else signal.addEventListener("abort", giveUp, { once: true });
      this.#restartWhenReady();
    });
  }

  #restartWhenReady(): void {
    if (this.#ready.size === 0 || this.#ready.size < this.#taking) return;
    const waiting = [...this.#ready];
    this.#ready.clear();
    this.#restart().then(
      () => {
        for (const { resolve } of waiting) resolve();
      },
      (error: unknown) => {
        for (const { reject } of waiting) reject(error);
      },
    );
  }
}
