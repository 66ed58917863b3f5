import type { CaseStatus, ConformanceResult } from "../../harness/result/index.ts";
import { sectionTitles } from "../case-order.ts";
import { type Matrix, type MatrixCell, matrixOf } from "../matrix.ts";
import { formatMoment } from "../numbers.ts";
import { outcomeOf } from "../run-outcome.ts";
import { cellMeanings, matrixWords } from "../words/matrix.ts";
import { titles } from "../words/pages.ts";
import { listed, lowerCase, type Phrase } from "../words/phrase.ts";
import { reasonPhrase } from "../words/reasons.ts";
import { outcomeWords, statusWords } from "../words/verdicts.ts";
import { htmlDocument } from "./document.ts";
import { html, inlineCode, type Markup, spoken } from "./markup.ts";
import { sectionName } from "./section-name.ts";

/** A page with rules down and implementations across, and what changed from one to the next at the top. */
export function matrixPage(results: readonly ConformanceResult[]): string {
  const matrix = matrixOf(results);
  const differing = matrix.rows.filter(({ differs }) => differs).length;
  const [first] = results;
  return htmlDocument({
    title: titles.matrix(matrix.columns.length, matrix.rows.length),
    tool: first === undefined ? "cupping" : `${first.tool.name} ${first.tool.version}`,
    body: html`<section class="verdict"><h1>${matrixWords.heading}</h1>
<p class="word">${matrixWords.implementations(matrix.columns.length)}</p>
<p class="sentence">${matrixWords.differing(matrix.rows.length, differing)}</p></section>
${changes(matrix)}
<h2>${matrixWords.rulesByImplementations}</h2>
<div data-cases>
<div class="filter scripted"><button type="button" aria-pressed="false" data-status="differs">${matrixWords.onlyDiffering}</button>
<input type="search"${spoken("placeholder", matrixWords.search)}${spoken("aria-label", matrixWords.searchLabel)}><output class="soft" aria-live="polite"></output></div>
<div class="scroll" tabindex="0" role="region"${spoken("aria-label", matrixWords.rulesByImplementations)}><table class="data matrix ruled">
<thead>${head(matrix)}</thead>${bodies(matrix)}</table></div>
</div>
${legend(matrix)}`,
  });
}

function head({ columns }: Matrix): Markup {
  return html`<tr><th scope="col">${matrixWords.rule}</th>${columns.map(
    ({ name, result }) =>
      html`<th scope="col">${name}<div class="soft">${listed([
        lowerCase(outcomeWords[outcomeOf(result)]),
        matrixWords.passedOf(result.summary.passed, result.summary.total - result.summary.notApplicable),
      ])}<br>${formatMoment(result.run.startedAt)}</div></th>`,
  )}</tr>`;
}

function bodies({ columns, rows }: Matrix): Markup[] {
  const titles = sectionTitles(columns.map(({ result }) => result));
  return [...Map.groupBy(rows, ({ section }) => section)].map(
    ([
      section,
      inSection,
    ]) => html`<tbody data-section><tr class="section"><th scope="rowgroup" colspan="${columns.length + 1}">${sectionName(section, titles.get(section))}</th></tr>
${inSection.map(
  ({ rule, text, cells, differs }) =>
    html`<tr data-case="${differs ? "differs" : "same"}"><th scope="row"><span class="rule">${rule}</span><span class="rule-text soft" lang="en">${inlineCode(text)}</span></th>${cells.map(
      cellMarkup,
    )}</tr>`,
)}</tbody>`,
  );
}

function cellMarkup(cell: MatrixCell | undefined): Markup {
  if (cell === undefined) return html`<td><span class="soft">${matrixWords.notAsked}</span></td>`;
  const { status, count, of, reason } = cell;
  return html`<td><span class="status ${status}"${reason !== undefined && spoken("title", reasonPhrase(reason))}>${statusWords[status]}${
    of > 1 && status !== "passed" && ` ${count}/${of}`
  }</span></td>`;
}

/** What became better and worse from each column to the next of the same server: two versions side by side. */
function changes({ columns, rows }: Matrix): Markup | undefined {
  const good = (status: CaseStatus | undefined): boolean => status === "passed";
  const steps = columns.slice(1).flatMap((column, index) => {
    const before = columns[index];
    if (before === undefined || before.result.target.name !== column.result.target.name) return [];
    const pairs = rows.map(({ rule, cells }) => ({ rule, from: cells[index]?.status, to: cells[index + 1]?.status }));
    return [
      {
        title: matrixWords.fromTo(before.name, column.name),
        worse: pairs.filter(({ from, to }) => good(from) && to !== undefined && !good(to)),
        better: pairs.filter(({ from, to }) => from !== undefined && !good(from) && good(to)),
      },
    ];
  });
  if (steps.length === 0) return undefined;
  const list = (
    title: Phrase,
    entries: { rule: string; from: CaseStatus | undefined; to: CaseStatus | undefined }[],
  ): Markup =>
    html`<div><dt>${title}</dt><dd>${entries.length === 0 ? matrixWords.none : entries.map(({ rule }) => rule).join(", ")}</dd></div>`;
  return html`<h2>${matrixWords.whatChanged}</h2>${steps.map(
    ({ title, worse, better }) =>
      html`<h3>${title}</h3><dl class="facts">${list(matrixWords.worse(worse.length), worse)}${list(matrixWords.better(better.length), better)}</dl>`,
  )}`;
}

function legend({ rows }: Matrix): Markup {
  const present = new Set(rows.flatMap(({ cells }) => cells.map((cell) => cell?.status)));
  return html`<dl class="facts">${(Object.keys(cellMeanings) as CaseStatus[])
    .filter((status) => present.has(status))
    .map(
      (status) =>
        html`<div><dt><span class="status ${status}">${statusWords[status]}</span></dt><dd>${cellMeanings[status]}</dd></div>`,
    )}</dl>`;
}
