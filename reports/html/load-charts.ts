import { type LoadResult, percentileCurve, type SeriesPoint } from "../../harness/result/index.ts";
import { leadingMetric, metricPhrase } from "../headline.ts";
import { formatLatency, formatNumber } from "../numbers.ts";
import { chartWords, phasePhrase, ratePhrase } from "../words/charts.ts";
import { asIs, type Phrase } from "../words/phrase.ts";
import type { ChartSeries, ChartSpec, ChartView } from "./chart-spec.ts";

const percentiles = [
  ["p50", chartWords.median],
  ["p90", asIs("p90")],
  ["p95", asIs("p95")],
  ["p99", asIs("p99")],
  ["max", chartWords.max],
] as const;

/** What the charts of a load are made of: of a run that is over, or as far as it has come. */
export type ChartedLoad = Pick<LoadResult, "series" | "seriesIntervalMs" | "phases" | "metrics"> & {
  readonly clients: Pick<LoadResult["clients"], "peak">;
};

/**
 * The charts of a load run that have something to show, the most telling first.
 * @param isRunning then all of them are over the whole time, so that each takes the same newest points
 */
export function loadCharts(
  result: ChartedLoad,
  idPrefix: string,
  { isRunning = false }: { readonly isRunning?: boolean } = {},
): { spec: ChartSpec; wide: boolean }[] {
  if (result.series.length === 0) return [];
  const context: Context = {
    result,
    idPrefix,
    x: result.series.map(({ at }) => at / 1000),
    bands: (result.phases ?? []).map(({ name, at, durationMs }) => ({
      label: phasePhrase(name),
      from: at / 1000,
      to: (at + durationMs) / 1000,
    })),
  };
  const wide = [latencyOverTime(context)];
  const half = [
    latencyDistribution(context),
    throughput(context),
    isRunning ? undefined : comingUp(context),
    clients(context),
    errors(context),
    processChart(context, "cpu", { id: "cpu", title: chartWords.cpu, unit: "cores" }),
    processChart(context, "eventLoopDelayMs", { id: "event-loop", title: chartWords.eventLoop, unit: "ms" }),
    processChart(context, "rssBytes", { id: "memory", title: chartWords.memory, unit: "bytes" }),
  ];
  return [...wide.map((spec) => ({ spec, wide: true })), ...half.map((spec) => ({ spec, wide: false }))].filter(
    (chart): chart is { spec: ChartSpec; wide: boolean } => chart.spec !== undefined,
  );
}

interface Context {
  result: ChartedLoad;
  idPrefix: string;
  x: number[];
  bands: { label: Phrase; from: number; to: number }[];
}

function latencyOverTime({ result, idPrefix, x, bands }: Context): ChartSpec | undefined {
  const leading = leadingMetric(result);
  const names = namesIn(result.series, ({ metrics }) => metrics).sort(
    (a, b) => Number(b === leading) - Number(a === leading),
  );
  const views = names.map(
    (name): ChartView => ({
      label: metricPhrase(name),
      series: percentiles.flatMap(([field, label], tone): ChartSeries[] => {
        const values = result.series.map(({ metrics }) => metrics[name]?.[field] ?? null);
        return values.every((value) => value === null) ? [] : [{ label, values: values.map(compact), tone }];
      }),
    }),
  );
  const [first] = names;
  if (first === undefined) return undefined;
  const metric = result.metrics[first];
  return {
    id: `${idPrefix}latency`,
    title: chartWords.latencyOverTime,
    summary: chartWords.latencySummary(metricPhrase(first), {
      median: formatLatency(metric?.p50 ?? null),
      tail: formatLatency(metric?.p99 ?? null),
      longest: formatLatency(metric?.max ?? null),
    }),
    axis: "time",
    unit: "ms",
    x,
    bands,
    views,
    logarithmic: true,
  };
}

function latencyDistribution({ result, idPrefix }: Context): ChartSpec | undefined {
  const curves = Object.entries(result.metrics).flatMap(([name, { histogram, unit }]) =>
    histogram === undefined || unit !== "ms" ? [] : [{ name, points: percentileCurve(histogram) }],
  );
  return distributionChart(
    `${idPrefix}distribution`,
    curves.map(({ name, points }) => ({ label: metricPhrase(name), points })),
  );
}

/** Distributions on one log percentile axis. */
export function distributionChart(
  id: string,
  curves: readonly { label: Phrase; points: { percentile: number; value: number }[] }[],
): ChartSpec | undefined {
  const shown = curves.filter(({ points }) => points.length > 0);
  if (shown.length === 0) return undefined;
  const rarity = (percentile: number): number => Number(Math.log10(1 / (1 - percentile / 100)).toFixed(4));
  const x = [...new Set(shown.flatMap(({ points }) => points.map(({ percentile }) => rarity(percentile))))].sort(
    (a, b) => a - b,
  );
  const series = shown.map(({ label, points }, tone): ChartSeries => {
    const byPlace = new Map(points.map(({ percentile, value }) => [rarity(percentile), value]));
    return { label, tone, values: x.map((place) => compact(byPlace.get(place) ?? null)) };
  });
  return {
    id,
    title: chartWords.distribution,
    summary: chartWords.distributionSummary(shown.map(({ label }) => label)),
    axis: "percentile",
    unit: "ms",
    x,
    views: [{ label: chartWords.all, series }],
    logarithmic: true,
  };
}

function throughput({ result, idPrefix, x, bands }: Context): ChartSpec | undefined {
  const names = namesIn(result.series, ({ rates }) => rates);
  if (names.length === 0) return undefined;
  const series = names.map((name, tone) => ({
    label: ratePhrase(name),
    tone,
    values: result.series.map(({ rates }) => compact(rates[name] ?? null)),
  }));
  const peaks = series.map(({ label, values }) =>
    chartWords.upTo(label, `${formatNumber(Math.max(...values.map(Number)))}/s`),
  );
  return {
    id: `${idPrefix}throughput`,
    title: chartWords.throughput,
    summary: chartWords.throughputSummary(peaks),
    axis: "time",
    unit: "perSecond",
    x,
    bands,
    views: [{ label: chartWords.all, series }],
  };
}

/** Connects and logins a second over their own time, which is not the measured time: from the first to the last. */
function comingUp({ result, idPrefix, bands }: Context): ChartSpec | undefined {
  const names = ["connect", "login"].filter((name) => (result.metrics[name]?.count ?? 0) > 0);
  const perSecond = (point: SeriesPoint, name: string): number =>
    ((point.metrics[name]?.count ?? 0) * 1000) / (result.seriesIntervalMs ?? 1000);
  const busy = result.series.map((point) => names.some((name) => perSecond(point, name) > 0));
  const points = result.series.slice(busy.indexOf(true), busy.lastIndexOf(true) + 1);
  if (names.length === 0 || points.length < 2) return undefined;
  const rates = names.map((name) =>
    chartWords.rateOf(metricPhrase(name), `${formatNumber(result.metrics[name]?.rate ?? 0)}/s`),
  );
  return {
    id: `${idPrefix}coming-up`,
    title: chartWords.comingUp,
    summary: chartWords.comingUpSummary(rates),
    axis: "time",
    unit: "perSecond",
    x: points.map(({ at }) => at / 1000),
    bands,
    views: [
      {
        label: chartWords.all,
        series: names.map((name, tone) => ({
          label: metricPhrase(name),
          tone,
          values: points.map((point) => compact(perSecond(point, name))),
        })),
      },
    ],
  };
}

function clients({ result, idPrefix, x, bands }: Context): ChartSpec {
  return {
    id: `${idPrefix}clients`,
    title: chartWords.clients,
    summary: chartWords.clientsSummary(result.clients.peak),
    axis: "time",
    unit: "count",
    x,
    bands,
    views: [
      {
        label: chartWords.clients,
        series: [
          { label: chartWords.loggedIn, tone: 0, area: true, values: result.series.map((point) => point.clients) },
        ],
      },
    ],
  };
}

function errors({ result, idPrefix, x, bands }: Context): ChartSpec | undefined {
  const kinds = namesIn(result.series, (point) => point.errors ?? {});
  const violations = result.series.some((point) => (point.violations ?? 0) > 0);
  if (kinds.length === 0 && !violations) return undefined;
  const series = kinds.map(
    (kind, tone): ChartSeries => ({
      label: asIs(kind),
      tone,
      values: result.series.map((point) => point.errors?.[kind] ?? 0),
    }),
  );
  if (violations) {
    series.push({
      label: chartWords.violations,
      tone: kinds.length,
      values: result.series.map((point) => point.violations ?? 0),
    });
  }
  return {
    id: `${idPrefix}errors`,
    title: chartWords.errors,
    summary: chartWords.errorsSummary(series.map(({ label }) => label)),
    axis: "time",
    unit: "count",
    x,
    bands,
    views: [{ label: chartWords.all, series }],
  };
}

function processChart(
  { result, idPrefix, x, bands }: Context,
  field: "cpu" | "eventLoopDelayMs" | "rssBytes",
  { id, title, unit }: Pick<ChartSpec, "id" | "title" | "unit">,
): ChartSpec | undefined {
  const series = (["harness", "target"] as const)
    .map(
      (process, tone): ChartSeries => ({
        label: process === "harness" ? chartWords.generator : chartWords.target,
        tone,
        values: result.series.map((point) => compact(point[process]?.[field] ?? null)),
      }),
    )
    .filter(({ values }) => values.some((value) => value !== null));
  if (series.length === 0) return undefined;
  return {
    id: `${idPrefix}${id}`,
    title,
    summary: chartWords.processSummary(
      title,
      series.map(({ label }) => label),
    ),
    axis: "time",
    unit,
    x,
    bands,
    views: [{ label: chartWords.all, series }],
  };
}

function namesIn(series: readonly SeriesPoint[], pick: (point: SeriesPoint) => object): string[] {
  return [...new Set(series.flatMap((point) => Object.keys(pick(point))))];
}

/** Four digits are more than a chart shows, and keep an hour of seconds small. */
function compact(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4));
}
