import { decodeHistogram, type MetricSummary } from "../result/index.ts";
import type { Figures } from "./judge-threshold.ts";

/** The figures of a metric as a result file holds it: any percentile with its histogram, else those that it lists. */
export function summaryFigures(metric: MetricSummary): Figures {
  return { ...metric, percentile: (percent) => valueAt(percent, metric) };
}

function valueAt(percent: number, metric: MetricSummary): number | null {
  const { histogram, max } = metric;
  if (!histogram) return listed(percent, metric);
  const value = decodeHistogram(histogram).getValueAtPercentile(percent) / histogram.valuesPerUnit;
  // The bucket's upper end can lie above the largest sample.
  return max === null ? value : Math.min(value, max);
}

function listed(percent: number, { min, p50, p90, p95, p99, p999, max }: MetricSummary): number | null {
  return (
    new Map([
      [0, min],
      [50, p50],
      [90, p90],
      [95, p95],
      [99, p99],
      [99.9, p999],
      [100, max],
    ]).get(percent) ?? null
  );
}
