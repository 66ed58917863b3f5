import type { SessionEntry, StoredMessage } from "../messages.ts";

type Found = readonly (StoredMessage | SessionEntry)[];

/**
 * Contents that were read for somebody who will soon be done with them. Each is a buffer of its own outside the heap:
 * V8 counts tens of thousands of them a second as pressure, and stops everything for a full collection several times in
 * each.
 */
export class LentContents {
  readonly #lent = new WeakSet<Found>();

  lend<Rows extends Found>(rows: Rows): Rows {
    this.#lent.add(rows);
    return rows;
  }

  /** Frees the contents of what was lent, and nothing else. */
  release(found: Found): void {
    if (!this.#lent.delete(found)) return;
    for (const each of found) {
      const { buffer } = "newest" in each ? each.newest.msg_data : each.msg_data;
      (buffer as ArrayBuffer).transfer(0);
    }
  }
}
