import { type Address, Connection, formatAddress } from "../client/index.ts";

/** Tries before a target counts as gone, and the pause between them in milliseconds. */
const TRIES = 3;
const PAUSE_MS = 500;

/** Finds out whether the target still takes connections. */
export class TargetLiveness {
  readonly #address: Address;
  #gone = false;
  #probe: Promise<boolean> | undefined;

  constructor(address: Address) {
    this.#address = address;
  }

  /** Whether the target was found to be gone. It stays gone for the rest of the run. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Connects, and tries again a few times before it gives up. Callers at the same time share one probe. */
  isAlive(): Promise<boolean> {
    this.#probe ??= this.#look().finally(() => {
      this.#probe = undefined;
    });
    return this.#probe;
  }

  /** The target in words. */
  describe(): string {
    return formatAddress(this.#address);
  }

  async #look(): Promise<boolean> {
    for (let attempt = 1; attempt <= TRIES && !this.#gone; attempt++) {
      try {
        const connection = await Connection.open(
          this.#address,
          { onFrame() {}, onClose() {} },
          { connectDeadlineMs: 2_000 },
        );
        connection.close();
        return true;
      } catch {
        if (attempt < TRIES) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
    this.#gone = true;
    return false;
  }
}
