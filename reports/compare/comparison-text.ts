import type { CaseStatus } from "../../harness/result/index.ts";
import { clip, padded, table, wrap } from "../text-table.ts";
import { asIs, asSentence, type Language, type Phrase } from "../words/phrase.ts";
import { reasonPhrase } from "../words/reasons.ts";
import { columns, comparisonLines, summaryLines } from "../words/summaries.ts";
import { changeWords, comparisonWords, statusWords } from "../words/verdicts.ts";
import type { ChangedCase, Comparison, Side } from "./comparison.ts";
import { sideLine } from "./side-facts.ts";
import { changeOrder, changeText, figuresInOrder, figureValue, intervalText, toleranceText } from "./wording.ts";

/** A comparison as plain text of at most 80 columns, for a terminal, an issue or a log. */
export function comparisonText(comparison: Comparison, language: Language = "en"): string {
  const { base, candidate, verdict, reasons, figures, cases, remarks } = comparison;
  const say = (phrase: Phrase): string => phrase[language];
  const tolerated = toleranceText(figures);
  const rows = figuresInOrder(comparison).map((figure) => [
    figure.figure,
    figureValue(figure.base, figure.unit),
    figureValue(figure.candidate, figure.unit),
    changeText(figure),
    say(intervalText(figure)),
    say(changeWords[figure.outcome]),
  ]);
  const lines = [
    `${say(comparisonWords[verdict]).toUpperCase()}  ${say(comparisonLines.against(sideOf(candidate), sideOf(base)))}`,
    ...reasons.flatMap((reason) => wrap(`- ${say(reasonPhrase(reason))}`, "  ")),
    "",
    ...wrap(say(sideLine(columns.base, base)), "  "),
    ...wrap(say(sideLine(columns.candidate, candidate)), "  "),
    ...(rows.length > 0
      ? [
          "",
          ...table(
            [columns.figure, columns.base, columns.candidate, columns.change, columns.interval, asIs("")].map(say),
            rows,
          ),
        ]
      : []),
    ...(tolerated.en === "" ? [] : wrap(say(comparisonLines.tolerated(tolerated)), "  ")),
    ...(cases.length > 0 ? ["", ...caseLines(cases, say)] : []),
    ...(remarks.length > 0 ? ["", ...remarks.flatMap((remark) => wrap(say(asSentence(reasonPhrase(remark)))))] : []),
  ];
  return lines.join("\n");
}

/** The same as Markdown, for a job summary. */
export function comparisonMarkdown(comparisons: readonly Comparison[]): string {
  const mark = { pass: "✅", fail: "❌", invalid: "⚠️" };
  return comparisons
    .map(
      (comparison) =>
        `## ${mark[comparison.verdict]} ${comparisonWords[comparison.verdict].en}\n\n\`\`\`text\n${comparisonText(comparison).replaceAll("```", "'''")}\n\`\`\`\n`,
    )
    .join("\n");
}

function sideOf({ name, runs }: Side): Phrase {
  return runs.length === 1 ? asIs(name) : comparisonLines.runs(name, runs.length);
}

type Say = (phrase: Phrase) => string;

/** Lines of changed cases before the rest is only counted; the page has all. */
const CASES_SHOWN = 30;

function caseLines(cases: readonly ChangedCase[], say: Say): string[] {
  const sorted = cases.toSorted((a, b) => changeOrder.indexOf(a.outcome) - changeOrder.indexOf(b.outcome));
  const rest = sorted.length - CASES_SHOWN;
  return [
    ...sorted.slice(0, CASES_SHOWN).map((one) => caseLine(one, say)),
    ...(rest > 0 ? [say(summaryLines.more(rest))] : []),
  ];
}

function caseLine({ rule, title, base, candidate, outcome }: ChangedCase, say: Say): string {
  return clip(
    `${rule.padEnd(11)} ${padded(say(changeWords[outcome]), 7)} ${[base, candidate].map((status) => say(statusPhrase(status))).join(" -> ")}  ${title}`,
  );
}

function statusPhrase(status: CaseStatus | undefined): Phrase {
  return status === undefined ? comparisonLines.absent : statusWords[status];
}
