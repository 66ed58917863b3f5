import { type Address, Connection, formatAddress } from "../client/index.ts";

/** Tries before a target counts as gone, so that a supervisor can start it again, and the pause between them in milliseconds. */
const TRIES = 10;
const PAUSE_MS = 500;
/** How long a connection must last, in milliseconds: a process that dies takes connections until its port is closed. */
const LASTS_MS = 50;

/** Finds out whether the target still takes connections. */
export class TargetLiveness {
  readonly #address: Address;
  #probe: Promise<boolean> | undefined;

  constructor(address: Address) {
    this.#address = address;
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
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      if (await this.#takesConnection()) return true;
      if (attempt < TRIES) await pause(PAUSE_MS);
    }
    return false;
  }

  async #takesConnection(): Promise<boolean> {
    let isOpen = true;
    const onClose = (): void => {
      isOpen = false;
    };
    try {
      const connection = await Connection.open(this.#address, { onFrame() {}, onClose }, { connectDeadlineMs: 2_000 });
      await pause(LASTS_MS);
      const lasted = isOpen;
      connection.close();
      return lasted;
    } catch {
      return false;
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
