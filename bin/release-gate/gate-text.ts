import type { Result, Verdict } from "../../harness/result/index.ts";
import { type Comparison, headlineOf } from "../../reports/index.ts";
import type { StepOutcome } from "./steps.ts";

/** How each verdict is called. */
export const words: Record<Verdict, string> = { pass: "passed", fail: "FAILED", invalid: "not valid" };
const WIDTH = 80;

/** The gate's answer as a short table: a line per step and one per comparison, reasons below. */
export function gateText(outcomes: readonly StepOutcome[], verdict: Verdict): string {
  const rows = outcomes.flatMap((outcome) => stepRows(outcome));
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, state, detail]) => `${name.padEnd(width)}  ${state.padEnd(9)}  ${detail}`.trimEnd());
  return [
    ...lines.map((line) => (line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line)),
    "",
    { pass: "GATE PASSED", fail: "GATE FAILED", invalid: "NO ANSWER: repeat the run, the measurement is not valid" }[
      verdict
    ],
  ].join("\n");
}

function stepRows({ step, results, comparison }: StepOutcome): [string, string, string][] {
  const runs = results.map((result, index): [string, string, string] => {
    const name = results.length === 1 ? step.name : `${step.name} ${index + 1}/${results.length}`;
    return [name, words[result.verdict], figuresOf(result)];
  });
  const reasons = results.flatMap((result) =>
    result.reasons.slice(0, 3).map((reason): [string, string, string] => ["", "", reason]),
  );
  return [...runs, ...reasons, ...(comparison === undefined ? [] : comparisonRows(comparison))];
}

function comparisonRows({ verdict, reasons, remarks, figures, cases }: Comparison): [string, string, string][] {
  const changed = [...figures, ...cases].filter(({ outcome }) => outcome === "better" || outcome === "worse").length;
  const detail = reasons.length > 0 ? "" : changed > 0 ? `${changed} better, none worse` : "nothing became worse";
  return [
    ["  against the baseline", words[verdict], detail],
    ...reasons.slice(0, 5).map((reason): [string, string, string] => ["", "", reason]),
    ...(verdict === "invalid" ? [] : remarks.map((remark): [string, string, string] => ["", "", remark])),
  ];
}

function figuresOf(result: Result): string {
  return headlineOf(result)
    .figures.map(({ label, value }) => `${label.toLowerCase()} ${value}`)
    .join(", ");
}
