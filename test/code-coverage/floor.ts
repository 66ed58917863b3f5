import type { FileCoverage, Share } from "./measure.ts";
import { ROOMS, type Room } from "./scope.ts";

/** Percent of lines and of branches. */
export interface Percentages {
  lines: number;
  branches: number;
}

/** What no run of the tests may fall below. */
export interface Floor {
  /** Tests that were skipped when it was set, for want of a program. */
  readonly skippedTests: number;
  readonly rooms: Readonly<Record<Room, Percentages>>;
}

/** Points below what was measured: more than a race or a slow machine changes. */
const SLACK = 1.5;
/** Points above that at which the floor should rise. */
const RISE = 0.5;

const measures = ["lines", "branches"] as const;

/** In percent, two decimals, never rounded up. */
export function percent({ covered, total }: Share): number {
  return total === 0 ? 100 : Math.floor((covered / total) * 10_000) / 100;
}

function sum(files: readonly FileCoverage[], measure: "lines" | "branches"): Share {
  const shares = files.map((file) => file[measure]);
  return {
    covered: shares.reduce((all, { covered }) => all + covered, 0),
    total: shares.reduce((all, { total }) => all + total, 0),
  };
}

/** Lines and branches of some files together. */
export function sumOf(files: readonly FileCoverage[]): { lines: Share; branches: Share } {
  return { lines: sum(files, "lines"), branches: sum(files, "branches") };
}

/** The files of one folder and of those in it. */
export function filesIn(files: readonly FileCoverage[], folder: string): FileCoverage[] {
  return files.filter(({ path }) => path.startsWith(`${folder}/`));
}

/** What each room has, in percent. */
export function percentagesOf(files: readonly FileCoverage[]): Record<Room, Percentages> {
  const entries = ROOMS.map((room) => {
    const { lines, branches } = sumOf(filesIn(files, room));
    return [room, { lines: percent(lines), branches: percent(branches) }];
  });
  return Object.fromEntries(entries) as Record<Room, Percentages>;
}

/** A run against the floor. */
export interface FloorVerdict {
  /** Rooms below it, one sentence each. */
  readonly below: readonly string[];
  /** Rooms so far above it that it should rise, one sentence each. */
  readonly above: readonly string[];
}

/** Compares a run with the floor. */
export function judge(now: Readonly<Record<Room, Percentages>>, floor: Floor): FloorVerdict {
  const below: string[] = [];
  const above: string[] = [];
  for (const room of ROOMS) {
    for (const measure of measures) {
      const [has, least] = [now[room][measure], floor.rooms[room][measure]];
      if (has < least) below.push(`${room}: ${has}% of the ${measure} are covered; expected ${least}% at least`);
      if (has - SLACK - least > RISE)
        above.push(`${room}: ${has}% of the ${measure} are covered, the floor is ${least}%`);
    }
  }
  return { below, above };
}

/** The floor after a run: it rises to a little below what the run has, and never falls. */
export function raised(
  floor: Floor | undefined,
  now: Readonly<Record<Room, Percentages>>,
  skippedTests: number,
): Floor {
  const risen = (room: Room, measure: "lines" | "branches"): number => {
    const wanted = Math.floor((now[room][measure] - SLACK) * 10) / 10;
    return Math.max(floor?.rooms[room][measure] ?? 0, wanted, 0);
  };
  const entries = ROOMS.map((room) => [room, { lines: risen(room, "lines"), branches: risen(room, "branches") }]);
  return {
    skippedTests: Math.min(floor?.skippedTests ?? skippedTests, skippedTests),
    rooms: Object.fromEntries(entries) as Record<Room, Percentages>,
  };
}
