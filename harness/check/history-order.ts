import type { Checker } from "./checker.ts";
import type { Conversation } from "./conversations.ts";
import type { Violations } from "./violations.ts";

/** An index of a message needs less than this, so that sender and index fit into one number. */
const INDEXES = 2 ** 32;

/**
 * The order in which the members of one conversation read its history: that of the first reader is kept, the others
 * must agree. Takes one look-up for each message and reader.
 */
export class HistoryOrder {
  readonly #checker: Checker;
  readonly #violations: Violations;
  readonly #conversation: Conversation;
  readonly #places = new Map<number, number>();
  #first: number | undefined;
  #reader: number | undefined;
  #last = -1;

  constructor(checker: Checker, violations: Violations, conversation: Conversation) {
    this.#checker = checker;
    this.#violations = violations;
    this.#conversation = conversation;
  }

  /** A reader came across a message; called in the order of the walk, one reader after the other. */
  add(reader: number, sender: number, index: number): void {
    this.#first ??= reader;
    const message = sender * INDEXES + index;
    if (reader === this.#first) {
      if (!this.#places.has(message)) this.#places.set(message, this.#places.size);
      return;
    }
    if (reader !== this.#reader) {
      this.#reader = reader;
      this.#last = -1;
    }
    const place = this.#places.get(message);
    if (place === undefined) return;
    this.#violations.checked("history");
    if (place < this.#last) this.#differs(reader, sender, index);
    else this.#last = place;
  }

  #differs(reader: number, sender: number, index: number): void {
    const conversation = this.#conversation;
    const first = this.#checker.nameOf(conversation, this.#first ?? 0);
    this.#violations.violated("history", () =>
      this.#checker.example(
        { conversation, sender, index, serverMsgId: 0n },
        reader,
        "orders differ between members",
        `stands in another place among its neighbours than in the history of ${first}`,
      ),
    );
  }
}
