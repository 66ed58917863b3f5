import { type Address, Connection, formatAddress } from "../client/index.ts";
import { pause } from "./pause.ts";

/** Tries before a target counts as gone, so that a supervisor can start it again, and the pause between them in milliseconds. */
const TRIES = 10;
const PAUSE_MS = 500;
/** How long a connection must last, in milliseconds: a process that dies takes connections until its port is closed. */
const LASTS_MS = 50;

/** Finds out whether the target still takes connections. */
export class TargetLiveness {
  readonly #address: Address;
  readonly #interrupt: AbortSignal;
  #probe: Promise<boolean> | undefined;

  /** @param interrupt raised when nobody wants to know any more; what it comes to then says nothing */
  constructor(address: Address, interrupt: AbortSignal) {
    this.#address = address;
    this.#interrupt = interrupt;
  }

  /** Connects, and tries again a few times before it gives up. Callers at the same time share one probe. */
  isAlive(): Promise<boolean> {
    this.#probe ??= this.#look().finally(() => {
      this.#probe = undefined;
    });
    return this.#probe;
  }

  /** Whether nobody wants to know any more. */
  get isInterrupted(): boolean {
    return this.#interrupt.aborted;
  }

  /** The target in words. */
  describe(): string {
    return formatAddress(this.#address);
  }

  async #look(): Promise<boolean> {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      if (await this.#takesConnection()) return true;
      if (this.isInterrupted) return false;
      if (attempt < TRIES) await pause(PAUSE_MS, this.#interrupt);
    }
    return false;
  }

  async #takesConnection(): Promise<boolean> {
    const signal = this.#interrupt;
    let isOpen = true;
    const onClose = (): void => {
      isOpen = false;
    };
    try {
      const connection = await Connection.open(
        this.#address,
        { onFrame() {}, onClose },
        { connectDeadlineMs: 2_000, signal },
      );
      await pause(LASTS_MS, signal);
      const lasted = isOpen;
      connection.close();
      return lasted;
    } catch {
      return false;
    }
  }
}
