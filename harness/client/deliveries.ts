import type { CIMMsgData } from "../../codegen/index.ts";
import type { Push } from "./push-queue.ts";
import { SeenMessages } from "./seen-messages.ts";

/** Most messages that are held back: a server that floods a client while it catches up fills no memory. */
const MOST_HELD = 50_000;

/**
 * Delivers every message once across breaks: while a connection is being caught up, live pushes are held back, so
 * that what was missed comes first; what was delivered before is left out.
 */
export class Deliveries {
  readonly seen: SeenMessages = new SeenMessages();
  #held: Push<CIMMsgData>[] | undefined;
  #duplicates = 0;

  /** Messages that came again and were left out. */
  get duplicates(): number {
    return this.#duplicates;
  }

  /** Starts holding messages back. */
  hold(): void {
    this.#held ??= [];
  }

  /** Whether a message is to be delivered now: it is new, and none are held back. */
  admit(push: Push<CIMMsgData>, self: bigint): boolean {
    if (this.#held) {
      if (this.#held.length < MOST_HELD) this.#held.push(push);
      return false;
    }
    const isNew = this.seen.add(push.message, self);
    if (!isNew) this.#duplicates++;
    return isNew;
  }

  /** Ends the holding back; returns what had been held, for delivery through {@link admit}. */
  release(): Push<CIMMsgData>[] {
    const held = this.#held ?? [];
    this.#held = undefined;
    return held;
  }
}
