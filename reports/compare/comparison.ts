import type { CaseStatus, Result, Verdict } from "../../harness/result/index.ts";

/** One side of a comparison: one run, or the same run repeated. */
export interface Side {
  name: string;
  /** The file or folder that it was read from. */
  source?: string;
  runs: Result[];
}

/**
 * - `worse` and `better`: the whole 95% interval lies beyond the tolerance;
 * - `same`: the whole interval lies within it;
 * - `unsure`: the runs are too noisy or too short to tell.
 */
export type Change = "worse" | "better" | "same" | "unsure";

/** A figure of both sides, and what is said of the difference. */
export interface ComparedFigure {
  /** e.g. `msg_e2e.p99` */
  figure: string;
  unit: "ms" | "perSecond" | "count";
  base: number;
  candidate: number;
  /** Relative change, 0.1 for a tenth more; undefined from 0. */
  change?: number;
  /** 95% interval of the relative change. Figures that are counted exactly have none. */
  interval?: { low: number; high: number };
  tolerance: number;
  outcome: Change;
}

/** A conformance case that ended otherwise than in the base. */
export interface ChangedCase {
  id: string;
  rule: string;
  title: string;
  /** Undefined for a case that the base does not have. */
  base: CaseStatus | undefined;
  candidate: CaseStatus;
  outcome: Change;
}

/** What comparing two sides found. `fail` is a regression, `invalid` a pair that may not be compared. */
export interface Comparison {
  base: Side;
  candidate: Side;
  verdict: Verdict;
  /** One sentence each. */
  reasons: string[];
  figures: ComparedFigure[];
  cases: ChangedCase[];
  /** What weakens the statement, e.g. that each side is a single run. */
  remarks: string[];
}
