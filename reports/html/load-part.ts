import type { LoadResult } from "../../harness/result/index.ts";
import { metricTitle } from "../headline.ts";
import { formatBytes, formatCount, formatMetric, formatNumber, formatShare } from "../numbers.ts";
import { askedPart } from "./asked-part.ts";
import { chartFigure } from "./chart-figure.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { loadCharts } from "./load-charts.ts";
import { html, type Markup } from "./markup.ts";
import { violationsPart } from "./violations-part.ts";

/** What a load run found: charts, metrics, thresholds, checks, and how the generator itself did. */
export function loadPart(result: LoadResult, idPrefix: string): { body: Markup; charts: ChartSpec[] } {
  const charts = loadCharts(result, idPrefix);
  const body = html`
${violationsPart(result)}
${askedPart(result)}
${charts.length > 0 && html`<h2>Over time</h2><div class="charts">${charts.map(({ spec, wide }) => chartFigure(spec, { wide }))}</div>${targetSeen(result)}`}
<h2>Latency and rates</h2>
${metricsTable(result)}
${result.thresholds.length > 0 && html`<h2>Thresholds</h2>${thresholdsTable(result)}`}
<h2>What was checked</h2>
${checksTable(result)}
${result.capacity !== undefined && capacityPart(result.capacity)}
<h2>The generator</h2>
${harnessPart(result)}
`;
  return { body, charts: charts.map(({ spec }) => spec) };
}

/** Where the target's own curves come from; a reader who misses them is told why. */
function targetSeen({ targetUsage }: LoadResult): Markup {
  if (targetUsage === undefined) return html``;
  const { from, url, missing } = targetUsage;
  const sources = [
    ...(from.includes("process") ? ["from the system that runs it"] : []),
    ...(from.includes("metrics") ? [`from ${url}`] : []),
  ];
  const seen = sources.length > 0 ? `The target's own figures come ${sources.join(" and ")}.` : "";
  const unseen = missing === undefined ? "" : `Not all of the target's own figures can be drawn: ${missing}.`;
  return html`<p class="soft">${[seen, unseen].filter((sentence) => sentence !== "").join(" ")}</p>`;
}

function scrolled(label: string, table: Markup): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">${table}</div>`;
}

function metricsTable({ metrics }: LoadResult): Markup {
  const columns = [
    ["Median", "p50"],
    ["p90", "p90"],
    ["p95", "p95"],
    ["p99", "p99"],
    ["p99.9", "p999"],
    ["Max", "max"],
    ["Mean", "mean"],
  ] as const;
  const own = Object.keys(metrics).filter((name) => name === "connect" || name === "login");
  return html`${scrolled(
    "Latency and rates",
    html`<table class="data"><thead><tr><th scope="col">Metric</th><th scope="col">Count</th><th scope="col">Rate</th>${columns.map(([title]) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${Object.entries(metrics).map(
      ([name, metric]) =>
        html`<tr><th scope="row">${metricTitle(name)} <code class="soft">${name}</code></th><td>${formatCount(metric.count)}</td><td>${formatNumber(metric.rate)}/s</td>${columns.map(
          ([, key]) => html`<td>${formatMetric(metric[key], metric.unit)}</td>`,
        )}</tr>`,
    )}</tbody></table>`,
  )}${own.length > 0 && html`<p class="soft">The rate of ${own.map(metricTitle).join(" and ").toLowerCase()} is over its own time, from the first to the last; the others' over the measured time.</p>`}`;
}

function thresholdsTable({ thresholds }: LoadResult): Markup {
  return scrolled(
    "Thresholds",
    html`<table class="data"><thead><tr><th scope="col">Threshold</th><th scope="col">Measured</th><th scope="col">Met</th></tr></thead>
<tbody>${thresholds.map(
      ({
        expression,
        value,
        ok,
        aborted,
      }) => html`<tr><th scope="row"><code>${expression}</code></th><td>${value === null ? "no sample" : formatNumber(value)}</td>
<td class="${ok ? "good" : "bad"}">${ok ? "yes" : aborted === true ? "no, ended the run" : "no"}</td></tr>`,
    )}</tbody></table>`,
  );
}

function checksTable({ checks }: LoadResult): Markup {
  return scrolled(
    "What was checked",
    html`<table class="data"><thead><tr><th scope="col">Check</th><th scope="col">Facts</th><th scope="col">Violations</th></tr></thead>
<tbody>${Object.entries(checks).map(
      ([
        name,
        { checked, violations, examples, title },
      ]) => html`<tr><th scope="row">${name}${title !== undefined && html`<div class="soft">${title}</div>`}
${examples.length > 0 && html`<ul class="examples">${examples.map(({ text }) => html`<li>${text}</li>`)}</ul>`}</th>
<td>${formatCount(checked)}</td><td class="${violations > 0 ? "bad" : "good"}">${formatCount(violations)}</td></tr>`,
    )}</tbody></table>`,
  );
}

function capacityPart(capacity: NonNullable<LoadResult["capacity"]>): Markup {
  const unit = capacity.of === "rate" ? "/s" : " clients";
  return html`<h2>Largest load that held</h2>
<p><strong>${formatCount(capacity.found)}${unit}</strong>. ${capacity.limit}. Confidence: ${capacity.confidence}.</p>
${scrolled(
  "What was tried",
  html`<table class="data"><thead><tr><th scope="col">Tried</th><th scope="col">Held</th><th scope="col" class="text">Why not</th></tr></thead><tbody>${capacity.tried.map(
    ({ value, ok, verdict, reason }) =>
      html`<tr><th scope="row">${formatCount(value)}${unit}</th><td class="${ok ? "good" : verdict === "invalid" ? "" : "bad"}">${ok ? "yes" : verdict === "invalid" ? "not valid" : "no"}</td><td class="text">${reason}</td></tr>`,
  )}</tbody></table>`,
)}`;
}

function limitText({ limit }: LoadResult["harness"]): string {
  const what = limit === "machine" ? "the machine that it ran on was" : "yes";
  return `${what}: the figures say nothing about the target`;
}

function harnessPart({ harness, clients }: LoadResult): Markup {
  const facts: [string, string][] = [
    ["Was it the limit?", harness.saturated ? limitText(harness) : "no"],
    ["Workers", formatCount(harness.workers)],
    ["CPU", `${formatNumber(harness.cpu)} cores`],
    ["Event loop delay, p99", `${formatNumber(harness.eventLoopDelayMs)} ms`],
    ["Peak memory", formatBytes(harness.rssPeakBytes)],
    ...(harness.bytesPerClient === null
      ? []
      : [["Memory per client", formatBytes(harness.bytesPerClient)] as [string, string]]),
    ...(harness.gc === undefined ? [] : [["Garbage collection", formatShare(harness.gc)] as [string, string]]),
    ...(harness.lateSends === undefined ? [] : [["Late sends", formatCount(harness.lateSends)] as [string, string]]),
    ...(harness.maxLateMs === undefined
      ? []
      : [["Latest send", `${formatNumber(harness.maxLateMs)} ms late`] as [string, string]]),
    [
      "Clients",
      `${formatCount(clients.requested)} asked for, ${formatCount(clients.peak)} at one time, ${formatCount(clients.failed)} failed`,
    ],
    ...Object.entries(clients.failures ?? {}).map(([cause, count]): [string, string] => [
      `Failed: ${cause}`,
      formatCount(count),
    ]),
  ];
  return html`${(harness.saturation ?? []).map((sentence) => html`<p>${sentence}</p>`)}
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
