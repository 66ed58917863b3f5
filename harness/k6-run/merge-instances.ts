import { CuppingError } from "../errors.ts";
import { judgeK6, measuredSeconds } from "../k6/summary.ts";
import { decodeHistogram, type LoadResult, type MetricSummary, mergeHistograms } from "../result/index.ts";
import { judgeOn } from "./judge-on.ts";

/** What a result says of a metric whose parts cannot be added up. */
export const NOT_MERGEABLE = "percentiles of each pod, not mergeable";

const EXAMPLES_PER_CHECK = 10;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const all = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);

/**
 * One result of several instances of k6 that made one load together, such as the pods of a TestRun.
 *
 * Counts, rates and means add up exactly; histograms too. Percentiles do not: where an instance has no histogram, the
 * percentiles of each instance stand beside each other under their own names, and none for all.
 * @throws CuppingError `usage` when the results do not belong together
 */
export function mergeInstances(parts: readonly LoadResult[]): LoadResult {
  const [first] = parts;
  if (first === undefined) throw new CuppingError("usage", "there is no result to merge");
  requireOneLoad(parts);
  const starts = parts.map(({ run }) => Date.parse(run.startedAt));
  const begin = Math.min(...starts);
  const end = Math.max(...parts.map(({ run }, index) => (starts[index] as number) + run.durationMs));
  const measured = Number(first.options?.["durationMs"] ?? end - begin);
  const { metrics, unmerged } = mergeMetrics(parts, (name) => measuredSeconds(name, end - begin, measured));
  const merged: LoadResult = {
    ...first,
    run: {
      ...first.run,
      startedAt: new Date(begin).toISOString(),
      durationMs: end - begin,
      partial: parts.some(({ run }) => run.partial),
    },
    options: {
      ...first.options,
      vus: sum(parts.map(({ options }) => Number(options?.["vus"] ?? 0))),
      rate: sum(parts.map(({ options }) => Number(options?.["rate"] ?? 0))),
      pods: parts.length,
      merged: unmerged.length === 0 ? "histograms" : NOT_MERGEABLE,
    },
    clients: mergeClients(parts),
    metrics,
    series: mergeSeries(parts, begin),
    checks: mergeChecks(parts),
    thresholds: mergeThresholds(parts, metrics),
    harness: mergeHarness(parts),
  };
  const { verdict, reasons } = judgeK6(merged);
  const remarks = unmerged.map((name) => `${name}: ${NOT_MERGEABLE}, since not every pod exported its samples`);
  return { ...merged, verdict, reasons: [...reasons, ...remarks] };
}

function requireOneLoad(parts: readonly LoadResult[]): void {
  const [first] = parts as [LoadResult];
  for (const part of parts) {
    if (part.scenario !== first.scenario) {
      throw new CuppingError(
        "usage",
        `run ${part.run.id} is of the scenario ${part.scenario} and run ${first.run.id} of ${first.scenario}: only instances of one run can be merged`,
      );
    }
    if (part.run.id !== first.run.id) {
      throw new CuppingError(
        "usage",
        `the results are of the runs ${first.run.id} and ${part.run.id}: only instances of one run, started with one CUPPING_RUN, can be merged`,
      );
    }
  }
}

function mergeMetrics(
  parts: readonly LoadResult[],
  secondsOf: (metric: string) => number,
): { metrics: LoadResult["metrics"]; unmerged: string[] } {
  const names = new Set(parts.flatMap(({ metrics }) => Object.keys(metrics)));
  const metrics: LoadResult["metrics"] = {};
  const unmerged: string[] = [];
  for (const name of names) {
    const found = parts.map((part) => part.metrics[name]).filter((metric) => metric !== undefined);
    const withSamples = found.filter(({ count }) => count > 0);
    metrics[name] = mergeMetric(withSamples, secondsOf(name));
    if (withSamples.length < 2 || withSamples.every(({ histogram }) => histogram)) continue;
    unmerged.push(name);
    for (const [index, part] of parts.entries()) {
      const metric = part.metrics[name];
      if (metric) metrics[`${name} (pod ${index + 1})`] = metric;
    }
  }
  return { metrics, unmerged };
}

function mergeMetric(parts: readonly MetricSummary[], seconds: number): MetricSummary {
  const [only] = parts;
  const count = sum(parts.map((part) => part.count));
  const shared = {
    unit: only?.unit ?? "ms",
    count,
    rate: seconds > 0 ? count / seconds : 0,
    min: parts.length === 0 ? null : Math.min(...all(parts.map(({ min }) => min))),
    // The mean of all samples, weighed by how many each part has.
    mean: count === 0 ? null : sum(parts.map((part) => (part.mean ?? 0) * part.count)) / count,
    max: parts.length === 0 ? null : Math.max(...all(parts.map(({ max }) => max))),
  };
  if (only && parts.length === 1) return { ...only, ...shared };
  const histograms = parts.flatMap(({ histogram }) => histogram ?? []);
  if (parts.length === 0 || histograms.length < parts.length) {
    return { ...shared, p50: null, p90: null, p95: null, p99: null, p999: null };
  }
  const histogram = mergeHistograms(histograms);
  const decoded = decodeHistogram(histogram);
  const at = (percent: number): number =>
    Math.min(decoded.getValueAtPercentile(percent) / histogram.valuesPerUnit, shared.max ?? Number.POSITIVE_INFINITY);
  return { ...shared, p50: at(50), p90: at(90), p95: at(95), p99: at(99), p999: at(99.9), histogram };
}

function mergeClients(parts: readonly LoadResult[]): LoadResult["clients"] {
  const failures: Record<string, number> = {};
  for (const { clients } of parts) {
    for (const [cause, count] of Object.entries(clients.failures ?? {}))
      failures[cause] = (failures[cause] ?? 0) + count;
  }
  return {
    requested: sum(parts.map(({ clients }) => clients.requested)),
    peak: sum(parts.map(({ clients }) => clients.peak)),
    failed: sum(parts.map(({ clients }) => clients.failed)),
    ...(Object.keys(failures).length > 0 && { failures }),
  };
}

/** Rates and clients add up second by second; percentiles within a second do not, and are left out. */
function mergeSeries(parts: readonly LoadResult[], begin: number): LoadResult["series"] {
  const seconds = new Map<number, LoadResult["series"][number]>();
  for (const { run, series } of parts) {
    const shift = Math.round((Date.parse(run.startedAt) - begin) / 1000) * 1000;
    for (const point of series) {
      const at = point.at + shift;
      const merged = seconds.get(at) ?? { at, clients: 0, rates: {}, metrics: {}, violations: 0 };
      seconds.set(at, merged);
      merged.clients += point.clients;
      merged.violations = (merged.violations ?? 0) + (point.violations ?? 0);
      for (const [name, rate] of Object.entries(point.rates)) merged.rates[name] = (merged.rates[name] ?? 0) + rate;
    }
  }
  return [...seconds.values()].sort((a, b) => a.at - b.at);
}

function mergeChecks(parts: readonly LoadResult[]): LoadResult["checks"] {
  const checks: LoadResult["checks"] = {};
  for (const part of parts) {
    for (const [name, check] of Object.entries(part.checks)) {
      const merged = checks[name] ?? { ...check, checked: 0, violations: 0, examples: [] };
      checks[name] = {
        ...merged,
        checked: merged.checked + check.checked,
        violations: merged.violations + check.violations,
        examples: [...merged.examples, ...check.examples].slice(0, EXAMPLES_PER_CHECK),
      };
    }
  }
  return checks;
}

/**
 * A threshold is judged again on the merged metric where that tells; otherwise it holds when it held in every pod,
 * which for percentiles is enough: a share of all samples lies below a limit when it does so in each part.
 */
function mergeThresholds(parts: readonly LoadResult[], metrics: LoadResult["metrics"]): LoadResult["thresholds"] {
  const expressions = new Set(parts.flatMap(({ thresholds }) => thresholds.map(({ expression }) => expression)));
  return [...expressions].map((expression) => {
    const judged = judgeOn(metrics, expression);
    if (judged) return { expression, ...judged };
    const ofParts = parts.flatMap(({ thresholds }) => thresholds.filter((one) => one.expression === expression));
    return { expression, value: null, ok: ofParts.every(({ ok }) => ok) };
  });
}

function mergeHarness(parts: readonly LoadResult[]): LoadResult["harness"] {
  const saturation = parts.flatMap(({ harness }, index) =>
    (harness.saturation ?? []).map((reason) => `pod ${index + 1}: ${reason}`),
  );
  return {
    workers: sum(parts.map(({ harness }) => harness.workers)),
    cpu: sum(parts.map(({ harness }) => harness.cpu)),
    rssPeakBytes: sum(parts.map(({ harness }) => harness.rssPeakBytes)),
    bytesPerClient: null,
    eventLoopDelayMs: Math.max(...parts.map(({ harness }) => harness.eventLoopDelayMs)),
    saturated: parts.some(({ harness }) => harness.saturated),
    ...(saturation.length > 0 && { saturation }),
  };
}
