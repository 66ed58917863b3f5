import { readCondition } from "../measure/condition.ts";

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

/**
 * Turns `METRIC: EXPRESSION [abortOnFail] [delayAbortEval=10s]` into k6's own form, beside the standing ones.
 * @throws Error when a text has another form
 */
export function k6Thresholds(texts: readonly string[]): K6Thresholds {
  const thresholds: K6Thresholds = { ...standingThresholds };
  for (const text of texts) {
    const [, metric, behind] = /^\s*([a-z][a-z0-9_]*)\s*:(.*)$/s.exec(text) ?? [];
    const read = readCondition(behind ?? "");
    if (metric === undefined || !read) {
      throw new Error(`the threshold "${text}" cannot be read; expected for example "msg_e2e: p(99)<200"`);
    }
    const { aggregation, comparison, limit } = read.condition;
    const delay = /delayAbortEval=(\S+)/.exec(read.rest)?.[1];
    const threshold: K6Threshold = {
      threshold: `${aggregation}${comparison}${limit}`,
      ...(read.rest.includes("abortOnFail") && { abortOnFail: true }),
      ...(delay !== undefined && { delayAbortEval: delay }),
    };
    thresholds[metric] = [...(thresholds[metric] ?? []), threshold];
  }
  return thresholds;
}
