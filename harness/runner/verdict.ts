import type { CaseResult, CaseStatus, ConformanceSummary, Hindered, Verdict } from "../result/index.ts";
import { tellCauses } from "./causes.ts";

const statuses: readonly CaseStatus[] = [
  "passed",
  "failed",
  "warned",
  "notApplicable",
  "couldNotRun",
  "interrupted",
  "errored",
  "knownFailing",
  "flaky",
];

/** How many cases ended in each status. */
export function summarize(cases: readonly CaseResult[]): ConformanceSummary {
  const count = (status: CaseStatus): number => cases.filter((one) => one.status === status).length;
  const counts = Object.fromEntries(statuses.map((status) => [status, count(status)]));
  return { total: cases.length, ...(counts as Record<CaseStatus, number>) };
}

/** What besides the cases decides about a run. */
export interface RunCircumstances {
  /** Listed as known failing, and passed. */
  readonly stale: readonly string[];
  /** In words, when the target stopped working during the run. */
  readonly death: string | undefined;
  /** In words, what stood in the way of the whole run and is not the target's fault. */
  readonly obstacle?: string | undefined;
  readonly interrupted: boolean;
  /** The cases that could not run and are in no list. */
  readonly unknown: readonly Hindered[];
  /** The capability that a target would leave out which leaves a command unanswered. */
  capabilityOf?: ((command: string) => string | undefined) | undefined;
  /** Cases that could not run do not make the run invalid. */
  readonly allowIncomplete: boolean;
}

/** The statement about the target, and why: the most important reason first. */
export function judgeRun(
  summary: ConformanceSummary,
  circumstances: RunCircumstances,
): { verdict: Verdict; reasons: string[] } {
  const { stale, death, obstacle, interrupted, unknown, allowIncomplete } = circumstances;
  const failures: string[] = [];
  if (death !== undefined) failures.push(death);
  if (summary.failed > 0) failures.push(`${plural(summary.failed, "case")} failed`);
  if (stale.length > 0) {
    const are = stale.length === 1 ? "is" : "are";
    failures.push(`${stale.join(", ")} ${are} listed as known failing but passed: take it off the list`);
  }
  const gaps: string[] = obstacle === undefined ? [] : [obstacle];
  if (interrupted) {
    const { total, interrupted: left } = summary;
    gaps.push(`the run was interrupted${left > 0 ? `, with ${left} of ${plural(total, "case")} not judged` : ""}`);
  }
  if (summary.errored > 0) gaps.push(`${plural(summary.errored, "case")} ended in an error of the suite`);
  if (!allowIncomplete) gaps.push(...tellCauses(unknown, circumstances.capabilityOf));
  const judged = summary.passed + summary.failed + summary.warned + summary.knownFailing + summary.flaky;
  if (judged === 0) gaps.push("no case came to a result");
  const reasons = [...failures, ...gaps];
  if (failures.length > 0) return { verdict: "fail", reasons };
  return { verdict: gaps.length > 0 ? "invalid" : "pass", reasons };
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
