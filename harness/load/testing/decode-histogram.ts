import { LatencyHistogram } from "../../measure/index.ts";
import type { MetricSummary } from "../../result/index.ts";

/** The whole distribution that a result carries, in microseconds. */
export function decodeHistogram(metric: MetricSummary | undefined): LatencyHistogram {
  const histogram = new LatencyHistogram();
  if (!metric?.histogram) return histogram;
  const { count, min, max, mean } = metric;
  histogram.merge({
    data: metric.histogram.data,
    count,
    sum: (mean ?? 0) * count * 1000,
    min: (min ?? 0) * 1000,
    max: (max ?? 0) * 1000,
  });
  return histogram;
}
