/** Sizes of history pages, the most that a server must give (HIST-06) first. */
const SIZES = [100, 50, 10] as const;

/** How many rows of a history are asked for at a time: as many as the target has turned out to serve. */
export class PageSize {
  #limit: number = SIZES[0];

  /** Rows to ask for. */
  get limit(): number {
    return this.#limit;
  }

  /** The next smaller size; undefined behind the smallest. */
  static below(limit: number): number | undefined {
    return SIZES.find((size) => size < limit);
  }

  /** A page of this size was served. */
  settle(limit: number): void {
    this.#limit = Math.min(this.#limit, limit);
  }

  /** No size was answered: from here on one request is enough to see that. */
  giveUp(): void {
    this.#limit = SIZES[SIZES.length - 1] as number;
  }
}

/** A page as it came, and the size that was asked for. */
export interface ServedPage<Row> {
  readonly rows: Row[];
  readonly limit: number;
  /** A larger size that was answered with an empty page although messages were due. */
  readonly emptyAt: number | undefined;
}

/**
 * Asks for a page, and for smaller ones where the target gives nothing for it.
 * @param ask undefined when the request was left unanswered
 * @param isDue whether an empty page cannot be right, since messages are known to be missing
 * @returns undefined when the smallest page was left unanswered, too
 */
export async function servedPage<Row>(
  size: PageSize,
  ask: (limit: number) => Promise<Row[] | undefined>,
  isDue: () => boolean,
): Promise<ServedPage<Row> | undefined> {
  let emptyAt: number | undefined;
  for (let limit: number | undefined = size.limit; limit !== undefined; limit = PageSize.below(limit)) {
    const rows = await ask(limit);
    if (rows !== undefined && (rows.length > 0 || !isDue())) {
      if (rows.length > 0) size.settle(limit);
      return { rows, limit, emptyAt };
    }
    if (rows !== undefined) emptyAt ??= limit;
  }
  return emptyAt === undefined ? undefined : { rows: [], limit: emptyAt, emptyAt };
}
