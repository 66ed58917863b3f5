/** A token bucket that holds one second's worth: bursts pass, a flood is slowed to the rate. */
export class RateLimit {
  readonly #perSecond: number;
  #tokens: number;
  #refilledAt = performance.now();
  #wakeUp: NodeJS.Timeout | undefined;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
  }

  /** Takes a token; false when there is none, and then `whenThereIs` is called once there is. */
  take(whenThereIs: () => void): boolean {
    const now = performance.now();
    const grown = ((now - this.#refilledAt) * this.#perSecond) / 1000;
    this.#tokens = Math.min(this.#perSecond, this.#tokens + grown);
    this.#refilledAt = now;
    if (this.#tokens >= 1) {
      this.#tokens--;
      return true;
    }
    this.#wakeUp ??= setTimeout(
      () => {
        this.#wakeUp = undefined;
        whenThereIs();
      },
      Math.ceil(((1 - this.#tokens) * 1000) / this.#perSecond),
    );
    return false;
  }

  stop(): void {
    clearTimeout(this.#wakeUp);
  }
}
