import { CuppingError } from "../errors.ts";
import type { ThresholdResult } from "../result/index.ts";
import { type Condition, meets, percentileOf, readCondition } from "./condition.ts";
import { parseDuration } from "./duration.ts";
import { type CounterName, counterNames, latencyMetrics } from "./metrics.ts";
import type { Totals } from "./totals.ts";

/** A limit on one figure of the run, in the syntax that k6 users know. */
export interface Threshold extends Condition {
  /** As given by the user. */
  expression: string;
  metric: string;
  /** End the run as soon as it is crossed. */
  abortOnFail: boolean;
  /** Do not judge before this much of the measured time is over, milliseconds. */
  delayAbortMs: number;
}

/** Figures beside the latencies and counters that a threshold may name. */
export interface ThresholdFigures {
  totals: Totals;
  /** Violations of all checks. */
  violations: number;
  /** Clients that could not be brought up or lost their connection. */
  clientsFailed: number;
  measuredSeconds: number;
}

const form = "expected for example 'msg_e2e: p(99)<200' or 'msg_ack: avg<50 abortOnFail delayAbortEval=10s'";
/**
 * Reads `METRIC: AGGREGATION OPERATOR NUMBER [abortOnFail] [delayAbortEval=10s]`.
 * @throws CuppingError `usage`
 */
export function parseThreshold(text: string): Threshold {
  const [, metric, behind] = /^\s*([a-z][a-z0-9_]*)\s*:(.*)$/s.exec(text) ?? [];
  const read = readCondition(behind ?? "");
  if (metric === undefined || !read) throw new CuppingError("usage", `--threshold "${text}" cannot be read; ${form}`);
  const threshold: Threshold = {
    expression: text.trim(),
    metric,
    ...read.condition,
    abortOnFail: false,
    delayAbortMs: 0,
  };
  for (const word of read.rest.split(/\s+/).filter(Boolean)) {
    if (word === "abortOnFail") threshold.abortOnFail = true;
    else if (word.startsWith("delayAbortEval="))
      threshold.delayAbortMs = parseDuration(word.slice(15), "delayAbortEval");
    else throw new CuppingError("usage", `--threshold "${text}": "${word}" is not known; ${form}`);
  }
  requireSensible(threshold);
  return threshold;
}

function requireSensible(threshold: Threshold): void {
  const percent = percentileOf(threshold);
  if (percent !== undefined && percent > 100) {
    throw new CuppingError("usage", `--threshold "${threshold.expression}": p(${percent}) is above 100`);
  }
  const isCounter = isCounterName(threshold.metric);
  if (isCounter && threshold.aggregation !== "count" && threshold.aggregation !== "rate") {
    throw new CuppingError(
      "usage",
      `--threshold "${threshold.expression}": ${threshold.metric} is counted, so it has only count and rate`,
    );
  }
}

/**
 * Refuses a threshold on a metric that neither the tool nor the scenario has: it would never be judged.
 * @param own metrics that the scenario adds
 * @throws CuppingError `usage`
 */
export function requireKnownMetric(threshold: Threshold, own: readonly string[]): void {
  const known = [...Object.keys(latencyMetrics), ...own, ...counterNames, ...figureNames];
  if (!known.includes(threshold.metric)) {
    throw new CuppingError(
      "usage",
      `--threshold "${threshold.expression}": there is no metric "${threshold.metric}"; there are ${known.join(", ")}`,
    );
  }
}

/** A threshold without samples is not met: a run that measured nothing must not look good. */
export function evaluate(threshold: Threshold, figures: ThresholdFigures): ThresholdResult {
  const value = figureOf(threshold, figures);
  return { expression: threshold.expression, value, ok: value !== null && meets(value, threshold) };
}

const figureNames = ["violations", "clients_failed"];

function isCounterName(metric: string): boolean {
  return (counterNames as readonly string[]).includes(metric) || figureNames.includes(metric);
}

function figureOf(threshold: Threshold, figures: ThresholdFigures): number | null {
  const { metric, aggregation } = threshold;
  if (isCounterName(metric)) {
    const count =
      metric === "violations"
        ? figures.violations
        : metric === "clients_failed"
          ? figures.clientsFailed
          : (figures.totals.measuredCounts[metric as CounterName] ?? 0);
    return aggregation === "count" ? count : perSecond(count, figures.measuredSeconds);
  }
  const histogram = figures.totals.latency(metric);
  if (aggregation === "count") return histogram?.count ?? 0;
  if (aggregation === "rate") return perSecond(histogram?.count ?? 0, figures.measuredSeconds);
  if (!histogram || histogram.count === 0) return null;
  if (aggregation === "avg") return histogram.mean / 1000;
  if (aggregation === "min") return histogram.min / 1000;
  if (aggregation === "max") return histogram.max / 1000;
  if (aggregation === "med") return histogram.percentile(50) / 1000;
  return histogram.percentile(percentileOf(threshold) ?? 0) / 1000;
}

function perSecond(count: number, seconds: number): number {
  return seconds > 0 ? count / seconds : 0;
}
