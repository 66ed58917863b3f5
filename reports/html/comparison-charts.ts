import { type LoadResult, mergeHistograms, percentileCurve, type SeriesPoint } from "../../harness/result/index.ts";
import type { Side } from "../compare/comparison.ts";
import { leadingMetric, metricPhrase } from "../headline.ts";
import { chartWords, ratePhrase } from "../words/charts.ts";
import { asIs } from "../words/phrase.ts";
import type { ChartSeries, ChartSpec, ChartView } from "./chart-spec.ts";
import { distributionChart } from "./load-charts.ts";

/** The curves of all sides over each other. A side of several runs shows its first run over time, and all in the distribution. */
export function comparisonCharts(sides: readonly Side[]): ChartSpec[] {
  const loads = sides.map(({ name, runs }) => ({ name, runs: runs.filter((run) => run.kind === "load") }));
  const [first] = loads.flatMap(({ runs }) => runs);
  if (first === undefined) return [];
  const leading = leadingMetric(first);
  const metrics = Object.keys(first.metrics)
    .filter((name) => loads.every(({ runs }) => runs.some((run) => (run.metrics[name]?.count ?? 0) > 0)))
    .sort((a, b) => Number(b === leading) - Number(a === leading));
  const places = overlay(loads.map(({ name, runs }) => ({ name, series: runs[0]?.series ?? [] })));
  const charts = [
    ...metrics.map((metric) => distribution(metric, loads)),
    ...(["p99", "p50"] as const).map((field): ChartSpec => {
      const title = field === "p50" ? chartWords.medianOverTime : chartWords.tailOverTime;
      return {
        id: `compare-${field}`,
        title,
        summary: chartWords.ofSides(
          title,
          sides.map(({ name }) => asIs(name)),
        ),
        axis: "time",
        unit: "ms",
        x: places.x,
        views: metrics.map(
          (metric): ChartView => ({
            label: metricPhrase(metric),
            series: places.series((point) => point.metrics[metric]?.[field]),
          }),
        ),
        logarithmic: false,
      };
    }),
    ratesChart(places, first, sides),
  ];
  return charts.filter((chart) => chart !== undefined);
}

function distribution(metric: string, sides: readonly { name: string; runs: LoadResult[] }[]): ChartSpec | undefined {
  const curves = sides.map(({ name, runs }) => {
    const histograms = runs.flatMap((run) => run.metrics[metric]?.histogram ?? []);
    return { label: asIs(name), points: histograms.length === 0 ? [] : percentileCurve(mergeHistograms(histograms)) };
  });
  const chart = distributionChart(`compare-distribution-${metric}`, curves);
  return chart === undefined ? undefined : { ...chart, title: chartWords.distributionOf(metricPhrase(metric)) };
}

function ratesChart(places: Overlay, first: LoadResult, sides: readonly Side[]): ChartSpec | undefined {
  const names = [...new Set(first.series.flatMap(({ rates }) => Object.keys(rates)))];
  if (names.length === 0) return undefined;
  return {
    id: "compare-rates",
    title: chartWords.throughput,
    summary: chartWords.throughputOf(sides.map(({ name }) => asIs(name))),
    axis: "time",
    unit: "perSecond",
    x: places.x,
    views: names.map(
      (name): ChartView => ({ label: ratePhrase(name), series: places.series((point) => point.rates[name]) }),
    ),
  };
}

/** Series of different runs on one time axis. */
interface Overlay {
  x: number[];
  series(value: (point: SeriesPoint) => number | undefined): ChartSeries[];
}

function overlay(runs: readonly { name: string; series: readonly SeriesPoint[] }[]): Overlay {
  const x = [...new Set(runs.flatMap(({ series }) => series.map(({ at }) => at / 1000)))].sort((a, b) => a - b);
  return {
    x,
    series: (value) =>
      runs.map(({ name, series }, tone): ChartSeries => {
        const byPlace = new Map(series.map((point) => [point.at / 1000, value(point)]));
        return { label: asIs(name), tone, values: x.map((place) => rounded(byPlace.get(place))) };
      }),
  };
}

const rounded = (value: number | undefined): number | null =>
  value === undefined ? null : Number(value.toPrecision(4));
