import type { CaseResult, CaseStatus, ConformanceResult } from "../../harness/result/index.ts";
import type { Change, ChangedCase } from "./comparison.ts";

/** Statuses that say the rule was seen to be broken. */
const broken: ReadonlySet<CaseStatus> = new Set(["failed", "warned", "knownFailing", "flaky"]);

/**
 * The cases whose status is not the same on both sides. A side of several runs counts by its worst run, so that a
 * race that shows in one of five runs is not lost.
 */
export function compareCases(
  base: readonly ConformanceResult[],
  candidate: readonly ConformanceResult[],
): ChangedCase[] {
  const [before, after] = [worstById(base), worstById(candidate)];
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids].flatMap((id): ChangedCase[] => {
    const [from, to] = [before.get(id), after.get(id)];
    // What was not run again did not change; `casesNotRunAgain` counts it.
    if (to === undefined || from?.status === to.status) return [];
    return [
      {
        id,
        rule: to.rule,
        title: to.title,
        base: from?.status,
        candidate: to.status,
        outcome: outcomeOf(from?.status, to.status),
      },
    ];
  });
}

/** How many cases of the base the other side left out. */
export function casesNotRunAgain(base: readonly ConformanceResult[], candidate: readonly ConformanceResult[]): number {
  const after = worstById(candidate);
  return [...worstById(base).keys()].filter((id) => !after.has(id)).length;
}

function outcomeOf(from: CaseStatus | undefined, to: CaseStatus): Change {
  if (to === "passed") return from !== undefined && broken.has(from) ? "better" : "same";
  // A case that is new and fails says nothing about what became of the server.
  if (to === "failed") return from === "passed" || from === "warned" || from === "notApplicable" ? "worse" : "unsure";
  if (to === "warned" && from === "passed") return "worse";
  return "unsure";
}

const order: CaseStatus[] = [
  "passed",
  "notApplicable",
  "knownFailing",
  "flaky",
  "warned",
  "couldNotRun",
  "interrupted",
  "errored",
  "failed",
];

function worstById(results: readonly ConformanceResult[]): Map<string, CaseResult> {
  const worst = new Map<string, CaseResult>();
  for (const entry of results.flatMap(({ cases }) => cases)) {
    const known = worst.get(entry.id);
    if (known === undefined || order.indexOf(entry.status) > order.indexOf(known.status)) worst.set(entry.id, entry);
  }
  return worst;
}
