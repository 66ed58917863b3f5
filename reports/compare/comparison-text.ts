import { clip, table, wrap } from "../text-table.ts";
import type { ChangedCase, Comparison, Side } from "./comparison.ts";
import { changeOrder, changeText, comparisonWords, figureValue, intervalText } from "./wording.ts";

/** A comparison as plain text of at most 80 columns, for a terminal, an issue or a log. */
export function comparisonText({ base, candidate, verdict, reasons, figures, cases, remarks }: Comparison): string {
  const rows = figures
    .toSorted((a, b) => changeOrder.indexOf(a.outcome) - changeOrder.indexOf(b.outcome))
    .map((figure) => [
      figure.figure,
      figureValue(figure.base, figure.unit),
      figureValue(figure.candidate, figure.unit),
      changeText(figure),
      intervalText(figure),
      figure.outcome,
    ]);
  const lines = [
    `${comparisonWords[verdict].toUpperCase()}  ${sideText(candidate)} against ${sideText(base)}`,
    ...reasons.flatMap((reason) => wrap(`- ${reason}`, "  ")),
    ...(rows.length > 0 ? ["", ...table(["figure", "base", "new", "change", "95% interval", ""], rows)] : []),
    ...(cases.length > 0 ? ["", ...caseLines(cases)] : []),
    ...(remarks.length > 0 ? ["", ...remarks.flatMap((remark) => wrap(remark))] : []),
  ];
  return lines.join("\n");
}

/** The same as Markdown, for a job summary. */
export function comparisonMarkdown(comparisons: readonly Comparison[]): string {
  const mark = { pass: "✅", fail: "❌", invalid: "⚠️" };
  return comparisons
    .map(
      (comparison) =>
        `## ${mark[comparison.verdict]} ${comparisonWords[comparison.verdict]}\n\n\`\`\`text\n${comparisonText(comparison).replaceAll("```", "'''")}\n\`\`\`\n`,
    )
    .join("\n");
}

function sideText({ name, runs }: Side): string {
  return runs.length === 1 ? name : `${name} (${runs.length} runs)`;
}

/** Lines of changed cases before the rest is only counted; the page has all. */
const CASES_SHOWN = 30;

function caseLines(cases: readonly ChangedCase[]): string[] {
  const sorted = cases.toSorted((a, b) => changeOrder.indexOf(a.outcome) - changeOrder.indexOf(b.outcome));
  const rest = sorted.length - CASES_SHOWN;
  return [...sorted.slice(0, CASES_SHOWN).map(caseLine), ...(rest > 0 ? [`… and ${rest} more`] : [])];
}

function caseLine({ rule, title, base, candidate, outcome }: ChangedCase): string {
  return clip(`${rule.padEnd(11)} ${outcome.padEnd(7)} ${base ?? "absent"} -> ${candidate}  ${title}`);
}
