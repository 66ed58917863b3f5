import { copyFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CuppingError, isCuppingError } from "../../harness/errors.ts";
import { makeFolder, RESULT_FILE, type Result, type Verdict, worstVerdict } from "../../harness/result/index.ts";
import { systemReason } from "../../harness/system-reason.ts";
import { type Allowed, type Comparison, compareResults, parseTolerances, sideOf } from "../../reports/index.ts";
import { conformanceWords, loadWords } from "../config/command-words.ts";
import type { CuppingConfig, GateLoad } from "../config/index.ts";
import { findResults } from "../report/result-files.ts";

/** One thing that the gate runs: the suite, or a load. */
export interface GateStep {
  /** `conformance`, or the load's name in the configuration. */
  name: string;
  /** The command line, without `cupping`. */
  words: string[];
  repeat: number;
  tolerance: string[];
}

/** What came of a step. */
export interface StepOutcome {
  step: GateStep;
  results: Result[];
  /** Against the baseline, where there is one. */
  comparison: Comparison | undefined;
  verdict: Verdict;
}

/** What a configuration asks for, in order: rules first, since the figures of a wrong server mean little. */
export function stepsOf(config: CuppingConfig): GateStep[] {
  const steps: GateStep[] = [];
  if (config.conformance !== false) {
    steps.push({ name: "conformance", words: ["conformance", ...conformanceWords(config)], repeat: 1, tolerance: [] });
  }
  for (const [name, load] of Object.entries(config.loads ?? {})) steps.push(loadStep(name, load, config));
  return steps;
}

function loadStep(name: string, load: GateLoad, config: CuppingConfig): GateStep {
  const tolerance = load.tolerance ?? config.tolerance ?? [];
  return { name, words: ["load", ...loadWords(config, load)], repeat: load.repeat ?? 1, tolerance: [tolerance].flat() };
}

/** Judges a step by its own verdicts and by the baseline. */
export async function judgeStep(
  step: GateStep,
  results: Result[],
  { baseline, allowed }: { baseline: string | undefined; allowed: ReadonlySet<Allowed> },
): Promise<StepOutcome> {
  const base = baseline === undefined ? undefined : await readBaseline(baseline, step.name);
  const comparison =
    base === undefined
      ? undefined
      : compareResults(
          { ...sideOf(base), name: "the baseline", source: join(baseline ?? "", step.name) },
          sideOf(results),
          {
            tolerances: parseTolerances(step.tolerance),
            allowed,
          },
        );
  const verdicts = [
    ...results.map(({ verdict }) => verdict),
    ...(comparison === undefined ? [] : [comparison.verdict]),
  ];
  return { step, results, comparison, verdict: worstVerdict(verdicts) };
}

/** The stored results of a step; undefined where there are none yet. */
export async function readBaseline(dir: string, name: string): Promise<Result[] | undefined> {
  return findResults(join(dir, name)).catch((error: unknown) => {
    if (isCuppingError(error, "no-result")) return undefined;
    throw error;
  });
}

/**
 * Puts the results of a step in the place of its baseline, all of them or none.
 * @throws CuppingError `harness` when they cannot be written; the baseline that was there still is
 */
export async function storeBaseline(
  dir: string,
  { step, results }: StepOutcome,
  resultDirs: readonly string[],
): Promise<void> {
  const place = join(dir, step.name);
  const beside = join(dirname(place), `.${basename(place)}.${process.pid}.tmp`);
  try {
    for (const [index, from] of resultDirs.entries()) {
      const to = results.length === 1 ? beside : join(beside, String(index + 1));
      await makeFolder(to);
      await copyFile(join(from, RESULT_FILE), join(to, RESULT_FILE));
    }
    await rm(place, { recursive: true, force: true });
    await rename(beside, place);
  } catch (cause) {
    await rm(beside, { recursive: true, force: true }).catch(() => undefined);
    throw new CuppingError("harness", `could not store the baseline ${place}: ${systemReason(cause)}`, { cause });
  }
}
