import type { Result } from "../../harness/result/index.ts";
import { type Comparison, headlineOf, type Outcome, outcomeOf, wrap } from "../../reports/index.ts";
import type { StepOutcome } from "./steps.ts";

const words: Record<Outcome, string> = {
  pass: "passed",
  fail: "FAILED",
  invalid: "not valid",
  interrupted: "cut short",
};

const answers: Record<Outcome, string> = {
  pass: "GATE PASSED",
  fail: "GATE FAILED",
  invalid: "NO ANSWER: the measurement is not valid; repeat the run",
  interrupted: "NO ANSWER: the gate was interrupted",
};

/** The gate's answer as a short table: a line per step and one per comparison, reasons below. */
export function gateText(outcomes: readonly StepOutcome[], outcome: Outcome): string {
  const rows = outcomes.flatMap((outcome) => stepRows(outcome));
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.flatMap(([name, state, detail]) => {
    const start = `${name.padEnd(width)}  ${state.padEnd(9)}  `;
    return wrap(detail, " ".repeat(start.length), start).map((line) => line.trimEnd());
  });
  return [...lines, "", answers[outcome]].join("\n");
}

function stepRows({ step, results, comparison }: StepOutcome): [string, string, string][] {
  const runs = results.map((result, index): [string, string, string] => {
    const name = results.length === 1 ? step.name : `${step.name} ${index + 1}/${results.length}`;
    return [name, words[outcomeOf(result)], figuresOf(result)];
  });
  const reasons = results.flatMap((result) =>
    result.reasons.map((reason): [string, string, string] => ["", "", reason]),
  );
  return [...runs, ...reasons, ...(comparison === undefined ? [] : comparisonRows(comparison))];
}

/** What a comparison that has nothing to complain of found, in a few words. */
export function changesOf({ reasons, figures, cases }: Comparison): string {
  const changed = [...figures, ...cases].filter(({ outcome }) => outcome === "better" || outcome === "worse").length;
  if (reasons.length > 0) return "";
  return changed > 0 ? `${changed} better, none worse` : "nothing became worse";
}

function comparisonRows(comparison: Comparison): [string, string, string][] {
  const { verdict, reasons, remarks } = comparison;
  return [
    ["  against the baseline", words[verdict], changesOf(comparison)],
    ...reasons.map((reason): [string, string, string] => ["", "", reason]),
    ...(verdict === "invalid" ? [] : remarks.map((remark): [string, string, string] => ["", "", remark])),
  ];
}

/** The figures of a result in one line. */
export function figuresOf(result: Result): string {
  return headlineOf(result)
    .figures.map(({ label, value }) => `${label.toLowerCase()} ${value}`)
    .join(", ");
}
