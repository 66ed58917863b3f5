import { decodeHistogram, type MetricSummary } from "../result/index.ts";
import { type Condition, meets, percentileOf } from "./condition.ts";

/**
 * Judges a condition on a metric as a result file holds it.
 * @returns undefined when the metric does not tell: it has no samples, or percentiles without a histogram
 */
export function judgeCondition(
  condition: Condition,
  metric: MetricSummary,
): { value: number; ok: boolean } | undefined {
  const percent = percentileOf(condition);
  const value = percent === undefined ? figureOf(condition.aggregation, metric) : valueAt(percent, metric);
  return value === null ? undefined : { value, ok: meets(value, condition) };
}

function figureOf(name: string, metric: MetricSummary): number | null {
  switch (name) {
    case "avg":
      return metric.mean;
    case "med":
      return metric.p50;
    default:
      return metric[name as "min" | "max" | "count" | "rate"];
  }
}

function valueAt(percent: number, { histogram, max }: MetricSummary): number | null {
  if (!histogram) return null;
  const value = decodeHistogram(histogram).getValueAtPercentile(percent) / histogram.valuesPerUnit;
  // The bucket's upper end can lie above the largest sample.
  return max === null ? value : Math.min(value, max);
}
