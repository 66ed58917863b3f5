import type { SliceRecord } from "../result/index.ts";
import { describeLateness } from "./lateness.ts";
import { nameOfSlice, seconds, TOLERATED_LATENESS_MS } from "./slice.ts";

/** When slices were, beside each other. */
export interface SliceTimes {
  /** When the first second of the whole began, Unix milliseconds. */
  beganAt: number;
  /** By how much each began after that, milliseconds, in the order of the slices. */
  shifts: number[];
  /** How far two of the machines' clocks may be apart at most, milliseconds; undefined where that is not known. */
  clocksApartMs: number | undefined;
  /** That slices were not made at the same time, one sentence each. */
  problems: string[];
}

/** When something was, as far as clocks tell: between two Unix milliseconds. */
interface When {
  slice: SliceRecord;
  earliest: number;
  latest: number;
}

/**
 * Compares when slices were, by the target's clock where all know how far theirs is from it. A slice is late when it
 * must have begun later than another one, whatever within the bounds is true.
 */
export function compareTimes(slices: readonly SliceRecord[]): SliceTimes {
  const clocks = slices.flatMap(({ clock }) => clock ?? []);
  const isKnown = clocks.length === slices.length;
  const ownLateness = slices.map(describeLateness);
  const late = new Set(slices.filter((_, at) => (ownLateness[at] as string[]).length > 0));
  const problems = ownLateness.flat();
  const compare = (what: string, times: readonly When[]): void => {
    for (const { slice, first, lateMs } of lateAmong(times)) {
      if (late.has(slice)) continue;
      late.add(slice);
      const by = isKnown ? ", by the target's clock" : "";
      problems.push(
        `${nameOfSlice(slice)} ${what} at least ${seconds(lateMs)} after ${nameOfSlice(first)}${by}: ${adviceFor(slice)}`,
      );
    }
  };
  const whenOf = (slice: SliceRecord, at: string): When => {
    const local = Date.parse(at);
    const { least, most } = (isKnown && slice.clock) || { least: 0, most: 0 };
    return { slice, earliest: local - most, latest: local - least };
  };
  compare(
    "began",
    slices.map((slice) => whenOf(slice, slice.begunAt)),
  );
  compare(
    "began its traffic",
    slices.flatMap((slice) => (slice.trafficAt === undefined ? [] : whenOf(slice, slice.trafficAt))),
  );
  const zeros = slices.map(zeroOf);
  const beganAt = Math.min(...zeros);
  return {
    beganAt,
    shifts: zeros.map((zero) => zero - beganAt),
    clocksApartMs: isKnown ? apart(clocks) : undefined,
    problems,
  };
}

/** When the first second of a slice's series began, Unix milliseconds. */
function zeroOf({ plan, begunAt }: SliceRecord): number {
  return Date.parse(plan.startAt ?? begunAt);
}

function lateAmong(times: readonly When[]): { slice: SliceRecord; first: SliceRecord; lateMs: number }[] {
  const [someone] = times;
  if (!someone) return [];
  const first = times.reduce((before, time) => (time.latest < before.latest ? time : before), someone);
  return times
    .map(({ slice, earliest }) => ({ slice, first: first.slice, lateMs: earliest - first.latest }))
    .filter(({ lateMs }) => lateMs > TOLERATED_LATENESS_MS);
}

function adviceFor({ plan }: SliceRecord): string {
  return plan.startAt === undefined
    ? "begin all slices together, with --start-at"
    : "set the clocks of the machines alike";
}

/** The largest difference that the bounds leave open. */
function apart(clocks: readonly { least: number; most: number }[]): number {
  if (clocks.length < 2) return 0;
  const most = Math.max(...clocks.map((clock) => clock.most));
  const least = Math.min(...clocks.map((clock) => clock.least));
  return Math.max(0, Number((most - least).toFixed(3)));
}
