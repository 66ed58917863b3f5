import type { LoadResult } from "../../harness/result/index.ts";
import { metricPhrase } from "../headline.ts";
import { formatBytes, formatCount, formatMetric, formatNumber, formatShare } from "../numbers.ts";
import { generatorWords, loadWords, usageWords } from "../words/pages.ts";
import { asIs, inARow, type Phrase } from "../words/phrase.ts";
import { reasonPhrase } from "../words/reasons.ts";
import { summaryLines } from "../words/summaries.ts";
import { askedPart } from "./asked-part.ts";
import { chartFigure } from "./chart-figure.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { loadCharts } from "./load-charts.ts";
import { html, inLanguage, type Markup, spoken } from "./markup.ts";
import { violationsPart } from "./violations-part.ts";

/** What a load run found: charts, metrics, thresholds, checks, and how the generator itself did. */
export function loadPart(result: LoadResult, idPrefix: string): { body: Markup; charts: ChartSpec[] } {
  const charts = loadCharts(result, idPrefix);
  const body = html`
${violationsPart(result)}
${askedPart(result)}
${charts.length > 0 && html`<h2>${loadWords.overTime}</h2><div class="charts">${charts.map(({ spec, wide }) => chartFigure(spec, { wide }))}</div>${targetSeen(result)}`}
<h2>${loadWords.latencyAndRates}</h2>
${metricsTable(result)}
${result.thresholds.length > 0 && html`<h2>${loadWords.thresholds}</h2>${thresholdsTable(result)}`}
<h2>${loadWords.checked}</h2>
${checksTable(result)}
${result.capacity !== undefined && capacityPart(result.capacity)}
<h2>${loadWords.generator}</h2>
${harnessPart(result)}
`;
  return { body, charts: charts.map(({ spec }) => spec) };
}

/** Where the target's own curves come from; a reader who misses them is told why. */
function targetSeen({ targetUsage }: LoadResult): Markup {
  if (targetUsage === undefined) return html``;
  const { from, url, missing } = targetUsage;
  const seen = usageWords.comeFrom(from.includes("process"), from.includes("metrics") ? url : undefined);
  return html`<p class="soft">${inARow([...seen, ...(missing === undefined ? [] : [usageWords.missing(missing)])])}</p>`;
}

function scrolled(label: Phrase, table: Markup): Markup {
  return html`<div class="scroll" tabindex="0" role="region"${spoken("aria-label", label)}>${table}</div>`;
}

function metricsTable({ metrics }: LoadResult): Markup {
  const columns = [
    [loadWords.median, "p50"],
    [asIs("p90"), "p90"],
    [asIs("p95"), "p95"],
    [asIs("p99"), "p99"],
    [asIs("p99.9"), "p999"],
    [loadWords.max, "max"],
    [loadWords.mean, "mean"],
  ] as const;
  const own = Object.keys(metrics).filter((name) => name === "connect" || name === "login");
  return html`${scrolled(
    loadWords.latencyAndRates,
    html`<table class="data"><thead><tr><th scope="col">${loadWords.metric}</th><th scope="col">${loadWords.count}</th><th scope="col">${loadWords.rate}</th>${columns.map(([title]) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${Object.entries(metrics).map(
      ([name, metric]) =>
        html`<tr><th scope="row">${metricPhrase(name)} <code class="soft">${name}</code></th><td>${formatCount(metric.count)}</td><td>${formatNumber(metric.rate)}/s</td>${columns.map(
          ([, key]) => html`<td>${formatMetric(metric[key], metric.unit)}</td>`,
        )}</tr>`,
    )}</tbody></table>`,
  )}${own.length > 0 && html`<p class="soft">${loadWords.ownTime(own.map(metricPhrase))}</p>`}`;
}

function thresholdsTable({ thresholds }: LoadResult): Markup {
  return scrolled(
    loadWords.thresholds,
    html`<table class="data"><thead><tr><th scope="col">${loadWords.threshold}</th><th scope="col">${loadWords.measured}</th><th scope="col">${loadWords.met}</th></tr></thead>
<tbody>${thresholds.map(
      ({
        expression,
        value,
        ok,
        aborted,
      }) => html`<tr><th scope="row"><code>${expression}</code></th><td>${value === null ? loadWords.noSample : formatNumber(value)}</td>
<td class="${ok ? "good" : "bad"}">${ok ? loadWords.yes : aborted === true ? loadWords.noAndEnded : loadWords.no}</td></tr>`,
    )}</tbody></table>`,
  );
}

function checksTable({ checks }: LoadResult): Markup {
  return scrolled(
    loadWords.checked,
    html`<table class="data"><thead><tr><th scope="col">${loadWords.check}</th><th scope="col">${loadWords.facts}</th><th scope="col">${loadWords.violations}</th></tr></thead>
<tbody>${Object.entries(checks).map(
      ([
        name,
        { checked, violations, examples, title },
      ]) => html`<tr><th scope="row">${name}${title !== undefined && html`<div class="soft" lang="en">${title}</div>`}
${examples.length > 0 && html`<ul class="examples" lang="en">${examples.map(({ text }) => html`<li>${text}</li>`)}</ul>`}</th>
<td>${formatCount(checked)}</td><td class="${violations > 0 ? "bad" : "good"}">${formatCount(violations)}</td></tr>`,
    )}</tbody></table>`,
  );
}

function capacityPart(capacity: NonNullable<LoadResult["capacity"]>): Markup {
  const amount = capacity.of === "rate" ? loadWords.perSecond : loadWords.clients;
  return html`<h2>${loadWords.largest}</h2>
<p><strong>${amount(capacity.found)}</strong>${loadWords.capacity(capacity)}</p>
${scrolled(
  loadWords.whatWasTried,
  html`<table class="data"><thead><tr><th scope="col">${loadWords.tried}</th><th scope="col">${loadWords.held}</th><th scope="col" class="text">${loadWords.whyNot}</th></tr></thead><tbody>${capacity.tried.map(
    ({ value, ok, verdict, reason }) =>
      html`<tr><th scope="row">${amount(value)}</th><td class="${ok ? "good" : verdict === "invalid" ? "" : "bad"}">${ok ? loadWords.yes : verdict === "invalid" ? loadWords.notValid : loadWords.no}</td><td class="text">${reason !== undefined && inLanguage(reasonPhrase(reason))}</td></tr>`,
  )}</tbody></table>`,
)}`;
}

function harnessPart({ harness, clients, slice, slices }: LoadResult): Markup {
  const { no, itWas, itsMachineWas } = generatorWords;
  const facts: [Phrase, Phrase][] = [
    [generatorWords.wasItTheLimit, !harness.saturated ? no : harness.limit === "machine" ? itsMachineWas : itWas],
    [generatorWords.workers, asIs(formatCount(harness.workers))],
    [generatorWords.cpu, generatorWords.cores(harness.cpu)],
    [generatorWords.eventLoop, asIs(`${formatNumber(harness.eventLoopDelayMs)} ms`)],
    [generatorWords.peakMemory, asIs(formatBytes(harness.rssPeakBytes))],
    ...known(harness.bytesPerClient ?? undefined, generatorWords.memoryPerClient, (bytes) => asIs(formatBytes(bytes))),
    ...known(harness.gc, generatorWords.gc, (share) => asIs(formatShare(share))),
    ...known(harness.lateSends, generatorWords.lateSends, (count) => asIs(formatCount(count))),
    ...known(harness.maxLateMs, generatorWords.latestSend, generatorWords.late),
    ...known(slices, generatorWords.slices, summaryLines.ofSlices),
    ...known(slice, generatorWords.slices, ({ index, of }) => summaryLines.oneSlice(index, of)),
    [generatorWords.clients, summaryLines.ofClients(clients.requested, clients.peak, clients.failed)],
    ...Object.entries(clients.failures ?? {}).map(([cause, count]): [Phrase, Phrase] => [
      generatorWords.failedBy(cause),
      asIs(formatCount(count)),
    ]),
  ];
  return html`${(harness.saturation ?? []).map((sentence) => html`<p>${inLanguage(reasonPhrase(sentence))}</p>`)}
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A fact that not every result has. */
function known<Value>(value: Value | undefined, name: Phrase, words: (value: Value) => Phrase): [Phrase, Phrase][] {
  return value === undefined ? [] : [[name, words(value)]];
}
