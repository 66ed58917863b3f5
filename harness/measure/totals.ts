import type { MetricSummary } from "../result/index.ts";
import { LatencyHistogram } from "./latency-histogram.ts";
import { alwaysMeasured, type CounterName } from "./metrics.ts";
import type { RecorderFlush } from "./recorder.ts";

/** The whole run's figures, merged from what the workers flush; never an average of averages. */
export class Totals {
  readonly #latencies = new Map<string, LatencyHistogram>();
  readonly counts: Partial<Record<CounterName, number>> = {};
  readonly measuredCounts: Partial<Record<CounterName, number>> = {};
  readonly errors: Record<string, number> = {};
  readonly #spans = new Map<string, [from: number, to: number]>();

  add(flush: Omit<RecorderFlush, "outside">): void {
    for (const [name, encoded] of Object.entries(flush.measured)) {
      let histogram = this.#latencies.get(name);
      if (!histogram) {
        histogram = new LatencyHistogram();
        this.#latencies.set(name, histogram);
      }
      histogram.merge(encoded);
    }
    addCounts(this.counts, flush.counts);
    addCounts(this.measuredCounts, flush.measuredCounts);
    addCounts(this.errors, flush.errors);
    for (const [name, [from, to]] of Object.entries(flush.spans ?? {})) {
      const [first, last] = this.#spans.get(name) ?? [from, to];
      this.#spans.set(name, [Math.min(first, from), Math.max(last, to)]);
    }
  }

  /** Everything that was added, for {@link add} of another one. */
  record(): Omit<RecorderFlush, "outside"> {
    return {
      measured: Object.fromEntries([...this.#latencies].map(([name, histogram]) => [name, histogram.encode()])),
      counts: this.counts,
      measuredCounts: this.measuredCounts,
      errors: this.errors,
      spans: Object.fromEntries(this.#spans),
    };
  }

  latency(metric: string): LatencyHistogram | undefined {
    return this.#latencies.get(metric);
  }

  get metricNames(): string[] {
    return [...this.#latencies.keys()];
  }

  /**
   * What is measured throughout (connections, logins) has its rate over its own time, from the first to the last.
   * @param measuredSeconds length of the measured time
   */
  summaries(measuredSeconds: number): Record<string, MetricSummary> {
    const summaries: Record<string, MetricSummary> = {};
    for (const [name, histogram] of this.#latencies) {
      summaries[name] = summarize(histogram, alwaysMeasured.has(name) ? this.#ownSeconds(name) : measuredSeconds);
    }
    return summaries;
  }

  /** Nothing is told of less than a second. */
  #ownSeconds(name: string): number {
    const [from, to] = this.#spans.get(name) ?? [0, 0];
    return Math.max(1, (to - from) / 1e6);
  }
}

/** A latency histogram as the result file tells it: milliseconds, with the distribution itself. */
export function summarize(histogram: LatencyHistogram, seconds: number): MetricSummary {
  const empty = histogram.count === 0;
  const millis = (micros: number): number | null => (empty ? null : micros / 1000);
  const percentile = (percent: number): number | null => millis(histogram.percentile(percent));
  return {
    unit: "ms",
    count: histogram.count,
    rate: seconds > 0 ? Number((histogram.count / seconds).toFixed(3)) : 0,
    min: millis(histogram.min),
    mean: empty ? null : Number((histogram.mean / 1000).toFixed(3)),
    p50: percentile(50),
    p90: percentile(90),
    p95: percentile(95),
    p99: percentile(99),
    p999: percentile(99.9),
    max: millis(histogram.max),
    histogram: { encoding: "hdr-v2-deflate-base64", valuesPerUnit: 1000, data: histogram.encode().data },
  };
}

function addCounts(into: Record<string, number>, from: Record<string, number>): void {
  for (const [name, count] of Object.entries(from)) into[name] = (into[name] ?? 0) + count;
}
