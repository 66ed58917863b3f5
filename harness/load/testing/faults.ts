/** What the fake server does wrong, or late, on purpose. Every fault hits every n-th message that it can hit. */
export interface Faults {
  /** Acknowledged and stored, never pushed. */
  loseEvery?: number;
  /** Pushed twice. */
  duplicateEvery?: number;
  /** Pushed after the next message of the same sender. */
  swapEvery?: number;
  /** Acknowledged twice. */
  acknowledgeTwiceEvery?: number;
  /** Stored and pushed, never acknowledged. */
  keepSilentEvery?: number;
  /** Pushed under another id than acknowledged. */
  renumberEvery?: number;
  /** Pushed to somebody who is not in the conversation, too. */
  leakEvery?: number;
  /** One byte of the content is changed in the push. */
  corruptEvery?: number;
  /** Acknowledged and pushed, missing in history. */
  forgetEvery?: number;
  /** Counted twice as unread. */
  countTwiceEvery?: number;
  /** The connection is cut before the acknowledgement; the message is stored and pushed every other time. */
  cutEvery?: number;
  /** What is done wrong, or needlessly, with a message that comes again (same sender and `client_msg_id`). */
  onRepeat?: "store again" | "count again" | "push again";
  /**
   * A command that CIM does not have (0x7001) is answered: by its own body, by bytes that are no message, or by its
   * own body under the number of acknowledgements. Without it no answer comes.
   */
  ownCommand?: "echo" | "broken" | "acknowledged";
  /** What is done with a message whose content has a quote or a backslash. */
  onQuotes?: "keep silent" | "refuse" | "eat";
  /** What becomes of a request for a history page of more messages than `most`. */
  pages?: { most: number; larger: "shorter" | "unanswered" | "empty" };
  /** A connection that sends nothing for so long is closed, milliseconds. */
  patienceMs?: number;
  /** Logins are never answered. */
  ignoresLogins?: boolean;
  /** Logins are handled one after another, and each takes so long, or all at once after so long, milliseconds. */
  logins?: { millis: number; oneByOne: boolean };
  /** Acknowledged and pushed so much later, milliseconds; later messages of the sender wait behind. */
  delay?: { every: number; millis: number };
  /** Nothing is handled for `millis` once so many messages have come. */
  stall?: { afterMessages: number; millis: number };
  /** Messages per second that are handled at most; the others wait. */
  capPerSecond?: number;
}

/** Name of a fault that hits single messages. */
export type FaultName = Exclude<
  { [K in keyof Faults]: Faults[K] extends number | undefined ? K : never }[keyof Faults],
  "capPerSecond" | "patienceMs" | undefined
>;

/** Says which messages are hit, and counts them. */
export class FaultCounter {
  /** How often each fault was done. */
  readonly done: Partial<Record<FaultName, number>> = {};
  readonly #faults: Faults;
  readonly #chances: Partial<Record<FaultName, number>> = {};

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  /** Whether a fault hits this message. To be asked once per message that it can hit. */
  hits(name: FaultName): boolean {
    const every = this.#faults[name];
    if (every === undefined) return false;
    const chance = (this.#chances[name] ?? 0) + 1;
    this.#chances[name] = chance;
    if (chance % every !== 0) return false;
    this.done[name] = (this.done[name] ?? 0) + 1;
    return true;
  }
}
