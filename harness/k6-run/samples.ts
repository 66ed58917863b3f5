import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { CuppingError } from "../errors.ts";
import { measuredSeconds } from "../k6/summary.ts";
import { LatencyHistogram, latencyMetrics } from "../measure/index.ts";
import type { IntervalLatency, LoadResult, MetricSummary, SeriesPoint } from "../result/index.ts";
import { judgeOn } from "./judge-on.ts";

/** Name of the file with the samples of a run, beside its result. */
export const SAMPLES_FILE = "samples.json.gz";

const rateNames = new Set(["sent", "acknowledged", "delivered", "logins"]);

interface Second {
  readonly latencies: Map<string, number[]>;
  readonly rates: Record<string, number>;
  vus: number;
  violations: number;
}

/** A line of k6's JSON output. */
interface SampleLine {
  readonly type: string;
  readonly metric: string;
  readonly data: { readonly time: string; readonly value: number };
}

/**
 * The samples that k6 exported (`k6 run --out json=FILE.gz`), of one instance or of several together: they give what
 * k6's own summary has not, true histograms and a course over time.
 */
export class K6Samples {
  readonly #histograms = new Map<string, LatencyHistogram>();
  readonly #seconds = new Map<number, Second>();

  /**
   * Adds the samples in a file.
   * @throws CuppingError `usage` when it cannot be read or is not what k6 writes
   */
  async addFile(path: string): Promise<void> {
    const file = createReadStream(path);
    const input = path.endsWith(".gz") ? file.pipe(createGunzip()) : file;
    file.on("error", (error) => input.destroy(error));
    let number = 0;
    try {
      for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
        number += 1;
        this.#addLine(line);
      }
    } catch (error) {
      throw new CuppingError(
        "usage",
        `${path} cannot be read as samples of k6 (line ${number}): ${(error as Error).message}`,
        {
          cause: error,
        },
      );
    }
  }

  #addLine(line: string): void {
    // Most lines are metrics of k6's own; they need not be parsed.
    const metric = /^\{"metric":"(\w+)","type":"Point"/.exec(line)?.[1];
    if (metric === undefined) {
      if (line !== "" && !line.startsWith("{")) throw new Error("it is not JSON");
      return;
    }
    const isLatency = metric in latencyMetrics;
    if (!isLatency && !rateNames.has(metric) && metric !== "vus" && metric !== "violations") return;
    const { data } = JSON.parse(line) as SampleLine;
    const second = this.#second(Math.floor(Date.parse(data.time) / 1000));
    if (isLatency) this.#addLatency(metric, data.value, second);
    else if (metric === "vus") second.vus = Math.max(second.vus, data.value);
    else if (metric === "violations") second.violations += data.value;
    else second.rates[metric] = (second.rates[metric] ?? 0) + data.value;
  }

  #addLatency(metric: string, millis: number, second: Second): void {
    const histogram = this.#histograms.get(metric) ?? new LatencyHistogram();
    this.#histograms.set(metric, histogram);
    histogram.record(millis * 1000);
    const values = second.latencies.get(metric) ?? [];
    second.latencies.set(metric, values);
    values.push(millis);
  }

  #second(number: number): Second {
    const second = this.#seconds.get(number) ?? { latencies: new Map(), rates: {}, vus: 0, violations: 0 };
    this.#seconds.set(number, second);
    return second;
  }

  /** The result with histograms in place of k6's percentiles, thresholds judged on them, and a course over time. */
  enrich(result: LoadResult): LoadResult {
    const whole = result.run.durationMs;
    const measured = Number(result.options?.["durationMs"] ?? whole);
    const metrics = Object.fromEntries(
      [...this.#histograms].map(([name, histogram]) => [
        name,
        summaryOf(histogram, measuredSeconds(name, whole, measured)),
      ]),
    );
    return {
      ...result,
      metrics: { ...result.metrics, ...metrics },
      // Histograms tell every percentile, k6's summary a few.
      thresholds: result.thresholds.map((one) => ({ ...one, ...judgeOn(metrics, one.expression) })),
      series: this.#series(result),
      seriesIntervalMs: 1000,
    };
  }

  #series({ run, options }: LoadResult): SeriesPoint[] {
    const first = Math.floor(Date.parse(run.startedAt) / 1000);
    const usersPerVu = Number(options?.["usersPerVu"] ?? 1);
    return [...this.#seconds]
      .sort(([a], [b]) => a - b)
      .map(([number, { latencies, rates, vus, violations }]) => ({
        at: Math.max(0, number - first) * 1000,
        clients: vus * usersPerVu,
        rates,
        metrics: Object.fromEntries([...latencies].map(([name, values]) => [name, intervalOf(values)])),
        violations,
      }));
  }
}

function summaryOf(histogram: LatencyHistogram, seconds: number): MetricSummary {
  const at = (percent: number): number => histogram.percentile(percent) / 1000;
  return {
    unit: "ms",
    count: histogram.count,
    rate: seconds > 0 ? histogram.count / seconds : 0,
    min: histogram.min / 1000,
    mean: histogram.mean / 1000,
    p50: at(50),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    p999: at(99.9),
    max: histogram.max / 1000,
    histogram: { encoding: "hdr-v2-deflate-base64", valuesPerUnit: 1000, data: histogram.encode().data },
  };
}

function intervalOf(values: number[]): IntervalLatency {
  values.sort((a, b) => a - b);
  const at = (percent: number): number =>
    values[Math.min(values.length - 1, Math.ceil((percent / 100) * values.length) - 1)] as number;
  return {
    count: values.length,
    p50: at(50),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    p999: at(99.9),
    max: values[values.length - 1] as number,
  };
}
