import type { Result } from "../../harness/result/index.ts";
import {
  type Comparison,
  gateAnswers,
  gateWords,
  headlineOf,
  type Language,
  type Outcome,
  outcomeOf,
  type Phrase,
  padded,
  partWords,
  reasonPhrase,
  widthOf,
  wrap,
} from "../../reports/index.ts";
import type { StepOutcome } from "./steps.ts";

/**
 * The gate's answer as a short table: a line per step and one per comparison, reasons below.
 * @param notRun steps without a result, and why where that is known
 */
export function gateText(
  outcomes: readonly StepOutcome[],
  outcome: Outcome,
  {
    language = "en",
    notRun = [],
  }: {
    readonly language?: Language;
    readonly notRun?: readonly { readonly name: string; readonly why: string }[];
  } = {},
): string {
  const rows = [
    ...outcomes.flatMap((one) => stepRows(one, (phrase) => phrase[language])),
    ...notRun.map(({ name, why }): [string, string, string] => [
      name,
      gateWords.notRun[language],
      reasonPhrase(why)[language],
    ]),
  ];
  const width = Math.max(...rows.map(([name]) => widthOf(name)));
  const lines = rows.flatMap(([name, state, detail]) => {
    const start = `${padded(name, width)}  ${padded(state, 9)}  `;
    return wrap(detail, " ".repeat(widthOf(start)), start).map((line) => line.trimEnd());
  });
  return [...lines, "", gateAnswers[outcome][language]].join("\n");
}

type Say = (phrase: Phrase) => string;

function stepRows({ step, results, comparison }: StepOutcome, say: Say): [string, string, string][] {
  const runs = results.map((result, index): [string, string, string] => {
    const name = results.length === 1 ? step.name : `${step.name} ${index + 1}/${results.length}`;
    return [name, say(partWords[outcomeOf(result)]), say(figuresOf(result))];
  });
  const reasons = results.flatMap((result) =>
    result.reasons.map((reason): [string, string, string] => ["", "", say(reasonPhrase(reason))]),
  );
  return [...runs, ...reasons, ...(comparison === undefined ? [] : comparisonRows(comparison, say))];
}

/** What a comparison that has nothing to complain of found, in a few words. */
export function changesOf({ reasons, figures, cases }: Comparison): Phrase {
  const changed = [...figures, ...cases].filter(({ outcome }) => outcome === "better" || outcome === "worse").length;
  if (reasons.length > 0) return gateWords.nothing;
  return changed > 0 ? gateWords.better(changed) : gateWords.noneWorse;
}

function comparisonRows(comparison: Comparison, say: Say): [string, string, string][] {
  const { verdict, reasons, remarks } = comparison;
  return [
    [`  ${say(gateWords.againstBaseline)}`, say(partWords[verdict]), say(changesOf(comparison))],
    ...reasons.map((reason): [string, string, string] => ["", "", say(reasonPhrase(reason))]),
    ...(verdict === "invalid"
      ? []
      : remarks.map((remark): [string, string, string] => ["", "", say(reasonPhrase(remark))])),
  ];
}

/** The figures of a result in one line. */
export function figuresOf(result: Result): Phrase {
  return gateWords.figures(headlineOf(result).figures);
}
