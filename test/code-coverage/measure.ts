import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Counts, type ScriptCoverage } from "./counts.ts";
import { measuredFiles, measuredPath, RAW_FOLDER, ROOT } from "./scope.ts";
import { structureOf } from "./structure.ts";

/** How much of something is covered. */
export interface Share {
  covered: number;
  total: number;
}

/** What the tests executed of one file. */
export interface FileCoverage {
  readonly path: string;
  readonly lines: Share;
  readonly branches: Share;
  /** Lines that no test executes. */
  readonly missedLines: readonly number[];
  /** Lines with a way that no test takes. */
  readonly missedBranches: readonly number[];
}

/** Adds up what the processes of a test run counted. @param folder where they left it */
function readCounts(sources: ReadonlyMap<string, string>, folder: string): ReadonlyMap<string, Counts> {
  const counts = new Map<string, Counts>();
  for (const name of readdirSync(folder)) {
    for (const script of readScripts(join(folder, name))) {
      const path = measuredPath(script.url);
      const source = path === undefined ? undefined : sources.get(path);
      if (path === undefined || source === undefined) continue;
      const sum = counts.get(path) ?? new Counts(source.length);
      sum.add(script);
      counts.set(path, sum);
    }
  }
  return counts;
}

/** What one process counted; nothing when it was killed while it wrote that down. */
function readScripts(file: string): readonly ScriptCoverage[] {
  const text = readFileSync(file, "utf8");
  try {
    return (JSON.parse(text) as { result: ScriptCoverage[] }).result;
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** What was executed of one source. @param counts undefined when no test loads it */
export function coverageOfFile(path: string, source: string, counts: Counts | undefined): FileCoverage {
  const { lines, branches } = structureOf(source);
  const countAt = (place: number): number => counts?.at(place) ?? 0;
  const missedLines = [...lines]
    .filter(([, places]) => !places.some((place) => countAt(place) > 0))
    .map(([line]) => line);
  const missed = branches.filter(({ at, less }) => countAt(at) - (less === undefined ? 0 : countAt(less)) <= 0);
  return {
    path,
    lines: { covered: lines.size - missedLines.length, total: lines.size },
    branches: { covered: branches.length - missed.length, total: branches.length },
    missedLines: missedLines.sort((a, b) => a - b),
    missedBranches: [...new Set(missed.map(({ line }) => line))].sort((a, b) => a - b),
  };
}

/** What the last measured run of the tests executed of every file. */
export function measureCoverage(folder: string = RAW_FOLDER): FileCoverage[] {
  const sources = new Map(measuredFiles().map((path) => [path, readFileSync(join(ROOT, path), "utf8")]));
  const counts = readCounts(sources, folder);
  return [...sources].map(([path, source]) => coverageOfFile(path, source, counts.get(path)));
}
