import { worstVerdict } from "../../harness/result/index.ts";
import type { Change, ChangedCase, Comparison, Side } from "../compare/comparison.ts";
import { mayDiffer, sideFacts } from "../compare/side-facts.ts";
import {
  changeOrder,
  changeText,
  figuresInOrder,
  figureValue,
  intervalText,
  toleranceText,
} from "../compare/wording.ts";
import { formatCount } from "../numbers.ts";
import { changeTotals, comparisonPageWords as words } from "../words/comparisons.ts";
import { titles } from "../words/pages.ts";
import { asIs, ended, type Phrase } from "../words/phrase.ts";
import { reasonPhrase } from "../words/reasons.ts";
import { changeWords, comparisonWords, statusWords } from "../words/verdicts.ts";
import { chartFigure } from "./chart-figure.ts";
import { comparisonCharts } from "./comparison-charts.ts";
import { htmlDocument } from "./document.ts";
import { intervalAxis, intervalDrawing, intervalTicks } from "./interval-plot.ts";
import { html, inLanguage, inlineCode, type Markup, spoken } from "./markup.ts";

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
    title: titles.comparison(
      comparisonWords[verdict],
      sides.map(({ name }) => name),
    ),
    tool: tool === undefined ? "cupping" : `${tool.name} ${tool.version}`,
    body: html`${comparisons.map(part)}
${charts.length > 0 && html`<h2>${words.overlaid}</h2><div class="charts">${charts.map((spec) => chartFigure(spec))}</div>`}`,
    charts,
  });
}

function sideTitle({ name, runs }: Side): Phrase {
  return runs.length === 1 ? asIs(name) : words.sideOfRuns(name, runs.length);
}

function part(comparison: Comparison): Markup {
  const { base, candidate, verdict, reasons, figures, cases, remarks } = comparison;
  return html`<article><section class="verdict is-${verdict}">
<h1>${words.against(sideTitle(candidate), sideTitle(base))}</h1>
<p class="word">${comparisonWords[verdict]}</p>
<p class="sentence">${reasons[0] === undefined ? words.nothingWorse : said(reasons[0])}</p>
${reasons.length > 1 && reasonList(reasons.slice(1))}
${figures.length + cases.length > 0 && totals(comparison)}</section>
${remarks.map((remark) => html`<p class="soft">${said(remark)}</p>`)}
${figures.length > 0 && html`<h2>${words.figures}</h2>${figuresTable(comparison)}`}
${cases.length > 0 && html`<h2>${words.changedCases}</h2>${casesTable(cases)}`}
<h2>${words.bothSides}</h2>
${verdict === "invalid" && html`<p class="soft">${words.notCompared}</p>`}
${sidesTable(comparison)}</article>`;
}

function said(sentence: string): Markup {
  return inLanguage(ended(reasonPhrase(sentence)));
}

/** Reasons before the rest is only counted: the table below says it all. */
const REASONS_SHOWN = 5;

function reasonList(reasons: readonly string[]): Markup {
  const rest = reasons.length - REASONS_SHOWN;
  return html`<ul class="reasons">${reasons.slice(0, REASONS_SHOWN).map((reason) => html`<li>${said(reason)}</li>`)}${
    rest > 0 && html`<li>${words.moreBelow(rest)}</li>`
  }</ul>`;
}

function totals({ figures, cases }: Comparison): Markup {
  const all = [...figures, ...cases];
  const count = (outcome: Change): number => all.filter((entry) => entry.outcome === outcome).length;
  return html`<dl class="figures">${(["worse", "better", "unsure"] as const).map((outcome) => {
    const { label, note } = changeTotals[outcome];
    const found = count(outcome);
    return html`<div${outcome === "worse" && found > 0 && html` class="bad"`}><dt>${label}</dt><dd><div class="value">${formatCount(found)}</div><div class="note">${note}</div></dd></div>`;
  })}</dl>`;
}

const outcomeStatus: Record<Change, string> = {
  worse: "failed",
  better: "passed",
  same: "notApplicable",
  unsure: "warned",
};

const sorted = <T extends { outcome: Change }>(entries: readonly T[]): T[] =>
  entries.toSorted((a, b) => changeOrder.indexOf(a.outcome) - changeOrder.indexOf(b.outcome));

function figuresTable(comparison: Comparison): Markup {
  const { figures, base, candidate } = comparison;
  const axis = intervalAxis(figures);
  return html`<div class="scroll" tabindex="0" role="region"${spoken("aria-label", words.figures)}><table class="data compared">
<thead><tr><th scope="col">${words.figure}</th><th scope="col">${words.base}<div class="soft">${base.name}</div></th><th scope="col">${words.candidate}<div class="soft">${candidate.name}</div></th><th scope="col">${words.change}</th><th scope="col" class="plot">${words.drawing}${intervalTicks(axis)}</th><th scope="col">${words.outcome}</th></tr></thead>
<tbody>${figuresInOrder(comparison).map(
    (figure) =>
      html`<tr><th scope="row"><code>${figure.figure}</code></th><td data-side="base">${figureValue(figure.base, figure.unit)}</td><td data-side="new">${figureValue(figure.candidate, figure.unit)}</td>
<td>${changeText(figure)}<div class="soft">${intervalText(figure)}</div></td><td class="plot">${figure.interval !== undefined && html`${intervalDrawing(figure, axis)}${intervalTicks(axis)}`}</td><td>${outcomeMark(figure.outcome)}</td></tr>`,
  )}</tbody></table></div>
<p class="keys soft"><span>${key("tolerated")} ${words.tolerated(toleranceText(figures))}</span><span>${key("interval")} ${words.interval}</span></p>`;
}

function key(name: "tolerated" | "interval"): Markup {
  return html`<svg class="key" width="26" height="14" aria-hidden="true">${
    name === "tolerated"
      ? html`<rect class="tolerated" width="26" height="14"/><path class="edge" d="M.5 0V14M25.5 0V14"/>`
      : html`<path class="reach" d="M2 7H24"/><circle class="dot" cx="13" cy="7" r="4"/>`
  }</svg>`;
}

/** Who is held against whom; where they differ is said in bold. It stands also where there is no answer. */
function sidesTable({ base, candidate }: Comparison): Markup {
  const [before, after] = [sideFacts(base), sideFacts(candidate)];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return html`<div class="scroll" tabindex="0" role="region"${spoken("aria-label", words.bothSides)}><table class="data sides">
<thead><tr><td></td><th scope="col" class="text">${words.sideNamed(words.base, base.name)}</th><th scope="col" class="text">${words.sideNamed(words.candidate, candidate.name)}</th></tr></thead>
<tbody>${names.map((name) => {
    const facts = [before.get(name), after.get(name)];
    const [fact] = facts.filter((one) => one !== undefined);
    const differ = facts[0]?.value.en !== facts[1]?.value.en && fact !== undefined && !mayDiffer(fact);
    return html`<tr${differ && html` class="differs"`}><th scope="row">${fact?.title}</th>${facts.map(
      (one) => html`<td class="text">${one?.value ?? html`<span class="soft">${words.notSet}</span>`}</td>`,
    )}</tr>`;
  })}</tbody></table></div>`;
}

function casesTable(cases: readonly ChangedCase[]): Markup {
  return html`<div class="scroll" tabindex="0" role="region"${spoken("aria-label", words.changedCases)}><table class="data">
<thead><tr><th scope="col">${words.rule}</th><th scope="col" class="text">${words.case}</th><th scope="col">${words.base}</th><th scope="col">${words.candidate}</th><th scope="col">${words.outcome}</th></tr></thead>
<tbody>${sorted(cases).map(
    ({ rule, title, base, candidate, outcome }) =>
      html`<tr><th scope="row">${rule}</th><td class="text" lang="en">${inlineCode(title)}</td>${[base, candidate].map(
        (status) =>
          html`<td>${status === undefined ? html`<span class="soft">${words.absent}</span>` : html`<span class="status ${status}">${statusWords[status]}</span>`}</td>`,
      )}<td>${outcomeMark(outcome)}</td></tr>`,
  )}</tbody></table></div>`;
}

function outcomeMark(outcome: Change): Markup {
  return html`<span class="status ${outcomeStatus[outcome]}">${changeWords[outcome]}</span>`;
}
