import type { Result } from "../../harness/result/index.ts";
import { distinctNames } from "../distinct-names.ts";
import { type FigureName, figureOf } from "../figures.ts";
import { targetName } from "../headline.ts";
import { formatMoment } from "../numbers.ts";
import { outcomeOf, shadeOf } from "../run-outcome.ts";
import { chartWords } from "../words/charts.ts";
import { historyWords } from "../words/history.ts";
import { titles } from "../words/pages.ts";
import { lowerCase, type Phrase } from "../words/phrase.ts";
import { outcomeWords } from "../words/verdicts.ts";
import { chartFigure } from "./chart-figure.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { chartValue } from "./chart-text.ts";
import { htmlDocument } from "./document.ts";
import { html, type Markup, spoken } from "./markup.ts";

/** One line of development: the same scenario, or the suite, run again and again on the same server. */
interface Line {
  title: Phrase;
  runs: Result[];
}

/** A page with the trend of chosen figures over many results: one block per scenario and server, oldest run first. */
export function historyPage(results: readonly Result[], figures: readonly FigureName[]): string {
  const lines = linesOf(results);
  const charts: ChartSpec[] = [];
  const blocks = lines.map((line, index): Markup => {
    const specs = figures
      .map((figure) => trendChart(line, figure, `line${index + 1}-${figure.path.replace(/\W/g, "-")}`))
      .filter((spec) => spec !== undefined);
    charts.push(...specs);
    return html`<h2>${line.title}</h2>
<div class="charts">${specs.map((spec) => chartFigure(spec))}</div>
${runsTable(line, figures)}`;
  });
  const [newest] = results.toSorted((a, b) => b.run.startedAt.localeCompare(a.run.startedAt));
  return htmlDocument({
    title: titles.history(results.length),
    tool: newest === undefined ? "cupping" : `${newest.tool.name} ${newest.tool.version}`,
    body: html`<section class="verdict"><h1>${historyWords.heading}</h1><p class="word">${historyWords.runs(results.length)}</p>
<p class="sentence">${newest !== undefined && historyWords.newest(formatMoment(newest.run.startedAt), outcomeWords[outcomeOf(newest)])}</p></section>${blocks}`,
    charts,
  });
}

function linesOf(results: readonly Result[]): Line[] {
  const groups = Map.groupBy(results, (result) => lineTitle(result).en);
  return [...groups.values()].flatMap((runs): Line[] => {
    const [first] = runs;
    if (first === undefined) return [];
    return [{ title: lineTitle(first), runs: runs.toSorted((a, b) => a.run.startedAt.localeCompare(b.run.startedAt)) }];
  });
}

function lineTitle(result: Result): Phrase {
  const target = result.target.name ?? targetName(result);
  if (result.kind === "load") return historyWords.load(result.scenario, target);
  return result.faults === undefined ? historyWords.conformance(target) : historyWords.faults(target);
}

function trendChart({ title, runs }: Line, { path, label, unit }: FigureName, id: string): ChartSpec | undefined {
  const values = runs.map((run) => figureOf(run, path) ?? null);
  const known = values.filter((value) => value !== null);
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return {
    id,
    title: label,
    summary: chartWords.trend(label, runs.length, title, { from: chartValue(first, unit), to: chartValue(last, unit) }),
    axis: "run",
    unit,
    x: runs.map((_, index) => index),
    xLabels: runLabels(runs),
    views: [{ label, series: [{ label, tone: 0, values }] }],
  };
}

/** What tells the runs of a line apart: their label, their version when it changes, else when they began. */
function runLabels(runs: readonly Result[]): string[] {
  const versions = new Set(runs.map(({ target }) => target.version));
  return distinctNames(
    runs,
    ({ run, target }) => run.label ?? (versions.size > 1 ? target.version : undefined) ?? run.startedAt.slice(0, 10),
  );
}

function runsTable({ title, runs }: Line, figures: readonly FigureName[]): Markup {
  const shown = figures.filter(({ path }) => runs.some((run) => figureOf(run, path) !== undefined));
  const labels = runLabels(runs);
  return html`<div class="scroll" tabindex="0" role="region"${spoken("aria-label", historyWords.runsOf(title))}><table class="data ruled">
<thead><tr><th scope="col">${historyWords.run}</th><th scope="col">${historyWords.started}</th><th scope="col">${historyWords.verdict}</th>${shown.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${runs
    .map((run, index) => ({ run, label: labels[index] ?? "" }))
    .toReversed()
    .map(
      ({
        run,
        label,
      }) => html`<tr><th scope="row">${label} <code class="soft">${run.run.id}</code></th><td>${formatMoment(run.run.startedAt)}</td>
<td class="${{ pass: "good", fail: "bad", invalid: "" }[shadeOf(outcomeOf(run))]}">${wordOf(run)}</td>${shown.map(
        ({ path, unit }) => html`<td>${chartValue(figureOf(run, path), unit)}</td>`,
      )}</tr>`,
    )}</tbody></table></div>`;
}

function wordOf(run: Result): Phrase {
  const word = lowerCase(outcomeWords[outcomeOf(run)]);
  return run.run.partial && run.verdict === "fail" ? historyWords.partial(word) : word;
}
