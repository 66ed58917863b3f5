import { CuppingError } from "../errors.ts";

/** One part of a load that several machines make without talking to each other. */
export interface Slice {
  /** Which part, from 1. */
  readonly index: number;
  /** Of how many. */
  readonly of: number;
  /** When all of them begin, Unix milliseconds. */
  readonly startAt?: number | undefined;
}

/** Consecutive users, by their numbers within the whole load. */
export interface UserRange {
  readonly first: number;
  readonly count: number;
}

/** More parts than this are a typing error. */
const MOST_SLICES = 10_000;
/** Further ahead than this is a typing error: nobody waits so long for a load. */
const FURTHEST_AHEAD_MS = 24 * 3_600_000;

/** How much later than the others a slice may begin, milliseconds: so much of a load is not what was asked for. */
export const TOLERATED_LATENESS_MS = 1_000;

/** Reads `3/10`. @throws CuppingError `usage` */
export function parseSlice(text: string): Pick<Slice, "index" | "of"> {
  const [, index, of] = /^\s*(\d{1,9})\s*\/\s*(\d{1,9})\s*$/.exec(text) ?? [];
  const slice = { index: Number(index), of: Number(of) };
  const isSlice = slice.of >= 1 && slice.of <= MOST_SLICES && slice.index >= 1 && slice.index <= slice.of;
  if (isSlice) return slice;
  throw new CuppingError(
    "usage",
    `--slice "${text}" is no part of a load; expected for example 3/10, the third of ten (of ${MOST_SLICES} at most)`,
  );
}

/**
 * Reads the time at which all slices begin: ISO 8601 with its time zone, or Unix seconds or milliseconds.
 * @param now Unix milliseconds
 * @returns Unix milliseconds
 * @throws CuppingError `usage` when it is no time, is over or is more than a day ahead
 */
export function parseStartAt(text: string, now: number = Date.now()): number {
  const at = readTime(text.trim());
  if (Number.isNaN(at)) {
    throw new CuppingError(
      "usage",
      `--start-at "${text}" is not a time; expected for example 2026-05-04T12:00:00Z (with its time zone) or Unix seconds`,
    );
  }
  const ahead = at - now;
  if (ahead < 0) {
    throw new CuppingError(
      "usage",
      `--start-at ${text} was ${seconds(-ahead)} ago: a slice begins together with the others or not at all; give all of them a later time`,
    );
  }
  if (ahead > FURTHEST_AHEAD_MS) {
    throw new CuppingError(
      "usage",
      `--start-at ${text} is ${Math.round(ahead / 3_600_000)} hours ahead; expected a time within the next 24 hours`,
    );
  }
  return at;
}

function readTime(text: string): number {
  if (/^\d{9,10}(\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (/^\d{12,13}$/.test(text)) return Number(text);
  // Without a time zone every machine would read its own time.
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
}

/**
 * The users of a slice: consecutive ones, so that every pair and every group lies within one slice.
 * @param slice the whole load where it is undefined
 * @param block how many consecutive users must stay together
 * @throws CuppingError `usage` when none is left for it
 */
export function usersOfSlice(slice: Slice | undefined, clients: number, block: number): UserRange {
  if (!slice) return { first: 0, count: clients };
  const blocks = Math.ceil(clients / block);
  if (slice.of > blocks) {
    const together = block === 1 ? "" : `, of which ${block} at a time stay together`;
    throw new CuppingError(
      "usage",
      `--slice ${slice.index}/${slice.of}: ${clients} clients${together}, can be cut into ${blocks} slice${blocks === 1 ? "" : "s"} at most`,
    );
  }
  const cut = (index: number): number => Math.min(clients, Math.round((blocks * index) / slice.of) * block);
  const first = cut(slice.index - 1);
  return { first, count: cut(slice.index) - first };
}

/** A slice as sentences name it. */
export function nameOfSlice({ index, of }: Pick<Slice, "index" | "of">): string {
  return `slice ${index} of ${of}`;
}

/** A length of time in a sentence. */
export function seconds(millis: number): string {
  return `${(millis / 1000).toFixed(1)} s`;
}
