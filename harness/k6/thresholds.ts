import { latencyMetrics } from "../measure/metrics.ts";
import { parseThreshold, type Threshold } from "../measure/threshold.ts";

/** One threshold as k6 takes it. */
export interface K6Threshold {
  threshold: string;
  abortOnFail?: boolean;
  delayAbortEval?: string;
}

/** Thresholds by metric, as k6 takes them. */
export type K6Thresholds = Record<string, (string | K6Threshold)[]>;

/**
 * Thresholds that every scenario has. k6's open model drops an iteration when no virtual user is free: the load was
 * then not the one that was asked for, so a single one makes the run invalid.
 */
export const standingThresholds: K6Thresholds = {
  dropped_iterations: ["count==0"],
  violations: ["count==0"],
  checks: ["rate==1"],
};

/** Whether k6 can judge a threshold while it runs: it neither counts latencies nor has their rate. */
export function isForK6({ metric, aggregation }: Threshold): boolean {
  return !(metric in latencyMetrics && (aggregation === "count" || aggregation === "rate"));
}

/**
 * Thresholds as k6 takes them, beside the standing ones. k6 ends a run by them and has an exit code of its own; what the
 * result says of them is judged as in any other run.
 * @throws CuppingError `usage` when one cannot be read
 */
export function k6Thresholds(texts: readonly string[]): K6Thresholds {
  const thresholds: K6Thresholds = { ...standingThresholds };
  for (const threshold of texts.map(parseThreshold).filter(isForK6)) {
    const { metric, aggregation, comparison, limit, abortOnFail, delayAbortMs } = threshold;
    const ofK6: K6Threshold = {
      threshold: `${aggregation}${comparison}${limit}`,
      ...(abortOnFail && { abortOnFail }),
      ...(delayAbortMs > 0 && { delayAbortEval: `${delayAbortMs}ms` }),
    };
    thresholds[metric] = [...(thresholds[metric] ?? []), ofK6];
  }
  return thresholds;
}
