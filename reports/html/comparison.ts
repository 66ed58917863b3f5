import { worstVerdict } from "../../harness/result/index.ts";
import type { Change, ChangedCase, ComparedFigure, Comparison } from "../compare/comparison.ts";
import { changeOrder, changeText, figureValue, intervalText } from "../compare/wording.ts";
import { counted, formatCount } from "../numbers.ts";
import { comparisonWords, statusWords } from "../words/verdicts.ts";
import { chartFigure } from "./chart-figure.ts";
import { comparisonCharts } from "./comparison-charts.ts";
import { htmlDocument } from "./document.ts";
import { html, inlineCode, type Markup } from "./markup.ts";

/** A page about one base and one or more that are held against it, with the curves over each other. */
export function comparisonPage(comparisons: readonly Comparison[]): string {
  const [first] = comparisons;
  const verdict = worstVerdict(comparisons.map((comparison) => comparison.verdict));
  const sides = first === undefined ? [] : [first.base, ...comparisons.map(({ candidate }) => candidate)];
  // Curves of runs that may not be compared would be compared all the same.
  const charts = comparisons.some(({ figures, cases }) => figures.length + cases.length > 0)
    ? comparisonCharts(sides)
    : [];
  const tool = first?.base.runs[0]?.tool;
  return htmlDocument({
    title: `${comparisonWords[verdict].en}: ${sides.map(({ name }) => name).join(" and ")}`,
    tool: tool === undefined ? "cupping" : `${tool.name} ${tool.version}`,
    body: html`${comparisons.map(part)}
${charts.length > 0 && html`<h2>Over each other</h2><div class="charts">${charts.map((spec) => chartFigure(spec))}</div>`}`,
    charts,
  });
}

function part(comparison: Comparison): Markup {
  const { base, candidate, verdict, reasons, figures, cases, remarks } = comparison;
  const runs = (count: number): string => (count === 1 ? "" : `, ${counted(count, "run")}`);
  return html`<article><section class="verdict is-${verdict}">
<h1>${candidate.name}${runs(candidate.runs.length)} against ${base.name}${runs(base.runs.length)}</h1>
<p class="word">${comparisonWords[verdict]}</p>
<p class="sentence">${reasons[0] ?? "Nothing became worse by more than is tolerated."}</p>
${reasons.length > 1 && reasonList(reasons.slice(1))}
${figures.length + cases.length > 0 && totals(comparison)}</section>
${remarks.map((remark) => html`<p class="soft">${remark}</p>`)}
${figures.length > 0 && html`<h2>Figures</h2>${figuresTable(figures)}`}
${cases.length > 0 && html`<h2>Cases that changed</h2>${casesTable(cases)}`}</article>`;
}

/** Reasons before the rest is only counted: the table below says it all. */
const REASONS_SHOWN = 5;

function reasonList(reasons: readonly string[]): Markup {
  const rest = reasons.length - REASONS_SHOWN;
  return html`<ul class="reasons">${reasons.slice(0, REASONS_SHOWN).map((reason) => html`<li>${reason}</li>`)}${
    rest > 0 && html`<li>and ${rest} more, see below</li>`
  }</ul>`;
}

function totals({ figures, cases }: Comparison): Markup {
  const all = [...figures, ...cases];
  const count = (outcome: Change): number => all.filter((entry) => entry.outcome === outcome).length;
  const cells: [string, Change, string][] = [
    ["Worse", "worse", "beyond the tolerance, surely"],
    ["Better", "better", "beyond the tolerance, surely"],
    ["Unsure", "unsure", "too noisy, or not judged"],
  ];
  return html`<dl class="figures">${cells.map(
    ([label, outcome, note]) =>
      html`<div${outcome === "worse" && count(outcome) > 0 && html` class="bad"`}><dt>${label}</dt><dd><div class="value">${formatCount(count(outcome))}</div><div class="note">${note}</div></dd></div>`,
  )}</dl>`;
}

const outcomeStatus: Record<Change, string> = {
  worse: "failed",
  better: "passed",
  same: "notApplicable",
  unsure: "warned",
};

const sorted = <T extends { outcome: Change }>(entries: readonly T[]): T[] =>
  entries.toSorted((a, b) => changeOrder.indexOf(a.outcome) - changeOrder.indexOf(b.outcome));

function figuresTable(figures: readonly ComparedFigure[]): Markup {
  const reach = Math.max(
    ...figures.flatMap(({ interval, tolerance }) => [
      Math.abs(interval?.low ?? 0),
      Math.abs(interval?.high ?? 0),
      Math.min(tolerance, 1),
    ]),
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Figures"><table class="data">
<thead><tr><th scope="col">Figure</th><th scope="col">Base</th><th scope="col">New</th><th scope="col">Change</th><th scope="col">95% interval</th><td aria-hidden="true"></td><th scope="col">Outcome</th></tr></thead>
<tbody>${sorted(figures).map(
    (
      figure,
    ) => html`<tr><th scope="row"><code>${figure.figure}</code></th><td>${figureValue(figure.base, figure.unit)}</td><td>${figureValue(figure.candidate, figure.unit)}</td>
<td>${changeText(figure)}</td><td>${intervalText(figure)}</td><td>${intervalDrawing(figure, reach)}</td><td>${outcomeMark(figure.outcome)}</td></tr>`,
  )}</tbody></table></div>`;
}

const DRAWING_WIDTH = 150;

/** The interval as a line over the tolerated band, with no change in the middle. */
function intervalDrawing({ interval, tolerance, outcome }: ComparedFigure, reach: number): Markup | undefined {
  if (interval === undefined || reach === 0) return undefined;
  const x = (share: number): number => {
    const clamped = Math.max(-reach, Math.min(reach, share));
    return Number((DRAWING_WIDTH / 2 + (clamped / reach) * (DRAWING_WIDTH / 2 - 4)).toFixed(1));
  };
  return html`<svg class="interval ${outcome}" width="${DRAWING_WIDTH}" height="18" aria-hidden="true"><rect class="tolerated" x="${x(-tolerance)}" y="3" width="${
    x(tolerance) - x(-tolerance)
  }" height="12"/><line class="zero" x1="${x(0)}" y1="0" x2="${x(0)}" y2="18"/><line class="reach" x1="${x(interval.low)}" y1="9" x2="${Math.max(
    x(interval.high),
    x(interval.low) + 2,
  )}" y2="9"/></svg>`;
}

function casesTable(cases: readonly ChangedCase[]): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Cases that changed"><table class="data">
<thead><tr><th scope="col">Rule</th><th scope="col" class="text">Case</th><th scope="col">Base</th><th scope="col">New</th><th scope="col">Outcome</th></tr></thead>
<tbody>${sorted(cases).map(
    ({ rule, title, base, candidate, outcome }) =>
      html`<tr><th scope="row">${rule}</th><td class="text">${inlineCode(title)}</td>${[base, candidate].map(
        (status) =>
          html`<td>${status === undefined ? html`<span class="soft">absent</span>` : html`<span class="status ${status}">${statusWords[status]}</span>`}</td>`,
      )}<td>${outcomeMark(outcome)}</td></tr>`,
  )}</tbody></table></div>`;
}

function outcomeMark(outcome: Change): Markup {
  return html`<span class="status ${outcomeStatus[outcome]}">${outcome}</span>`;
}
