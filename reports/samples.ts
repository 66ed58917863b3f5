import type { LoadResult, MetricSummary, Result } from "../harness/result/index.ts";
import { caseStatuses } from "./case-order.ts";
import { targetName } from "./headline.ts";

/** A figure for a monitoring system: a family with its meaning, and one value per set of labels. */
export interface SampleFamily {
  /** Prometheus name, base unit at the end. */
  name: string;
  help: string;
  samples: Sample[];
}

/** One value of a figure, in the unit that its family's name ends in. */
export interface Sample {
  labels: Record<string, string>;
  value: number;
}

/** The figures of results that a dashboard remembers, in base units (seconds, bytes). All are gauges: one run, one value. */
export function samplesOf(results: readonly Result[]): SampleFamily[] {
  const families = new Map<string, SampleFamily>();
  const add = (name: string, help: string, labels: Record<string, string>, value: number | null | undefined): void => {
    if (value === null || value === undefined) return;
    const family = families.get(name) ?? { name, help, samples: [] };
    families.set(name, family);
    // Two runs of the same kind on the same target: a monitoring system takes one value, and the last is the news.
    const same = family.samples.find((sample) => JSON.stringify(sample.labels) === JSON.stringify(labels));
    if (same === undefined) family.samples.push({ labels, value });
    else same.value = value;
  };
  for (const result of results) {
    const labels = labelsOf(result);
    for (const verdict of ["pass", "fail", "invalid"]) {
      add(
        "cupping_verdict",
        "1 for the verdict of the run",
        { ...labels, verdict },
        result.verdict === verdict ? 1 : 0,
      );
    }
    add(
      "cupping_run_start_time_seconds",
      "Start of the run, Unix time",
      labels,
      Date.parse(result.run.startedAt) / 1000,
    );
    add("cupping_run_duration_seconds", "How long the run took", labels, result.run.durationMs / 1000);
    if (result.kind === "conformance") {
      for (const status of caseStatuses) {
        add("cupping_conformance_cases", "Cases by status", { ...labels, status }, result.summary[status]);
      }
    } else addLoad(result, labels, add);
  }
  return [...families.values()];
}

type Add = (name: string, help: string, labels: Record<string, string>, value: number | null | undefined) => void;

function addLoad(result: LoadResult, labels: Record<string, string>, add: Add): void {
  for (const [metric, summary] of Object.entries(result.metrics)) addMetric(metric, summary, labels, add);
  for (const [check, { checked, violations }] of Object.entries(result.checks)) {
    add("cupping_checked_facts", "Facts checked while loading", { ...labels, check }, checked);
    add("cupping_violations", "Violations found by a check", { ...labels, check }, violations);
  }
  for (const { expression, ok } of result.thresholds) {
    add("cupping_threshold_ok", "1 when the threshold was met", { ...labels, threshold: expression }, ok ? 1 : 0);
  }
  for (const state of ["requested", "peak", "failed"] as const) {
    add(
      "cupping_clients",
      "Clients requested, logged in at one time, and failed",
      { ...labels, state },
      result.clients[state],
    );
  }
  const { harness } = result;
  add("cupping_harness_cpu_cores", "Cores that the generator used", labels, harness.cpu);
  add("cupping_harness_rss_peak_bytes", "Peak resident memory of the generator", labels, harness.rssPeakBytes);
  add("cupping_harness_client_bytes", "Resident memory per client", labels, harness.bytesPerClient);
  add(
    "cupping_harness_event_loop_delay_seconds",
    "99th percentile of the generator's event loop delay",
    labels,
    harness.eventLoopDelayMs / 1000,
  );
  add("cupping_harness_saturated", "1 when the generator was the limit", labels, harness.saturated ? 1 : 0);
}

const quantiles: [keyof MetricSummary, string][] = [
  ["p50", "0.5"],
  ["p90", "0.9"],
  ["p95", "0.95"],
  ["p99", "0.99"],
  ["p999", "0.999"],
  ["max", "1"],
];

function addMetric(metric: string, summary: MetricSummary, labels: Record<string, string>, add: Add): void {
  add("cupping_samples", "Samples of a metric", { ...labels, metric }, summary.count);
  add("cupping_samples_per_second", "Samples of a metric per second", { ...labels, metric }, summary.rate);
  if (summary.unit !== "ms") return;
  for (const [key, quantile] of quantiles) {
    const value = summary[key] as number | null;
    add(
      "cupping_latency_seconds",
      "Latency from the intended time",
      { ...labels, metric, quantile },
      value === null ? null : value / 1000,
    );
  }
}

/** What tells results of different kinds and targets apart; nothing that changes with every run. */
export function labelsOf(result: Result): Record<string, string> {
  return {
    kind: result.kind,
    target: targetName(result),
    ...(result.kind === "load" ? { scenario: result.scenario } : { rule_set: result.ruleSet }),
  };
}
