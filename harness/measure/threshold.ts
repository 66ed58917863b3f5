import { CuppingError } from "../errors.ts";
import type { ThresholdResult } from "../result/index.ts";
import { type Condition, percentileOf, readCondition } from "./condition.ts";
import { parseDuration } from "./duration.ts";
import { type Figures, judge } from "./judge-threshold.ts";
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

/**
 * Reads the metric and the condition of a threshold.
 * @returns undefined when the text does not begin with them; `rest` is what stands behind
 */
export function readThreshold(text: string): { metric: string; condition: Condition; rest: string } | undefined {
  const [, metric, behind] = /^\s*([a-z][a-z0-9_]*)\s*:(.*)$/s.exec(text) ?? [];
  const read = readCondition(behind ?? "");
  return metric === undefined || !read ? undefined : { metric, ...read };
}

const form = "expected for example 'msg_e2e: p(99)<200' or 'msg_ack: avg<50 abortOnFail delayAbortEval=10s'";

/**
 * Reads `METRIC: AGGREGATION OPERATOR NUMBER [abortOnFail] [delayAbortEval=10s]`.
 * @throws CuppingError `usage`
 */
export function parseThreshold(text: string): Threshold {
  const read = readThreshold(text);
  if (!read) throw new CuppingError("usage", `--threshold "${text}" cannot be read; ${form}`);
  const threshold: Threshold = {
    expression: text.trim(),
    metric: read.metric,
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

/** Judges a threshold on a load run. */
export function evaluate(threshold: Threshold, figures: ThresholdFigures): ThresholdResult {
  return { expression: threshold.expression, ...judge(threshold, figuresOf(threshold.metric, figures)) };
}

const figureNames = ["violations", "clients_failed"];

function isCounterName(metric: string): boolean {
  return (counterNames as readonly string[]).includes(metric) || figureNames.includes(metric);
}

function figuresOf(metric: string, figures: ThresholdFigures): Figures {
  const counted = isCounterName(metric);
  const histogram = counted ? undefined : figures.totals.latency(metric);
  const count = counted ? countOf(metric, figures) : (histogram?.count ?? 0);
  const millis = (micros: number | undefined): number | null => (micros === undefined ? null : micros / 1000);
  const measured = histogram && histogram.count > 0 ? histogram : undefined;
  return {
    count,
    rate: perSecond(count, figures.measuredSeconds),
    min: millis(measured?.min),
    mean: millis(measured?.mean),
    max: millis(measured?.max),
    percentile: (percent) => millis(measured?.percentile(percent)),
  };
}

function countOf(metric: string, { totals, violations, clientsFailed }: ThresholdFigures): number {
  if (metric === "violations") return violations;
  if (metric === "clients_failed") return clientsFailed;
  return totals.measuredCounts[metric as CounterName] ?? 0;
}

function perSecond(count: number, seconds: number): number {
  return seconds > 0 ? count / seconds : 0;
}
