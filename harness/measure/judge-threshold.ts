import { decodeHistogram, type MetricSummary } from "../result/index.ts";

const form =
  /^(p\((?<percent>[\d.]+)\)|avg|min|max|med|count|rate)\s*(?<comparison><=|>=|===?|!=|<|>)\s*(?<limit>[\d.]+)$/;

/**
 * Judges a threshold of k6, e.g. `p(99)<200`, on a merged metric.
 * @returns undefined when the metric does not tell: its parts had percentiles only
 */
export function judgeThreshold(expression: string, metric: MetricSummary): { value: number; ok: boolean } | undefined {
  const match = form.exec(expression.trim());
  if (!match?.groups) return undefined;
  const { percent, comparison, limit } = match.groups;
  const value = percent === undefined ? figureOf(match[1] as string, metric) : percentileOf(Number(percent), metric);
  if (value === null) return undefined;
  return { value, ok: compare(value, comparison as string, Number(limit)) };
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

function percentileOf(percent: number, { histogram, max }: MetricSummary): number | null {
  if (!histogram) return null;
  const value = decodeHistogram(histogram).getValueAtPercentile(percent) / histogram.valuesPerUnit;
  // The bucket's upper end can lie above the largest sample.
  return max === null ? value : Math.min(value, max);
}

function compare(value: number, comparison: string, limit: number): boolean {
  switch (comparison) {
    case "<":
      return value < limit;
    case "<=":
      return value <= limit;
    case ">":
      return value > limit;
    case ">=":
      return value >= limit;
    case "!=":
      return value !== limit;
    default:
      return value === limit;
  }
}
