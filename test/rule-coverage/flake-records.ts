import type { CaseStatus } from "../../harness/result/index.ts";

/** What one run of the suite against the unmutated reference server came to. */
export interface RunRecord {
  readonly seed: number;
  /** Whether every core was kept busy meanwhile. */
  readonly loaded: boolean;
  readonly seconds: number;
  /** Status by case id. */
  readonly cases: Readonly<Record<string, CaseStatus>>;
  /** Why, for cases that did not pass. */
  readonly reasons: Readonly<Record<string, string>>;
}

/** Whether a case of a correct server ended in a way that a user would have to look at. */
export function isFlake(status: CaseStatus | undefined): boolean {
  return status !== undefined && status !== "passed" && status !== "notApplicable";
}

const CONFIDENCE = 0.95;

/** The probability of at most so many events in so many trials. */
function atMost(events: number, trials: number, rate: number): number {
  let term = (1 - rate) ** trials;
  let sum = term;
  for (let k = 1; k <= events; k++) {
    term *= ((trials - k + 1) / k) * (rate / (1 - rate));
    sum += term;
  }
  return sum;
}

/** The upper end of the one-sided 95% interval of Clopper and Pearson for a rate, given what was counted. */
export function upperBound(events: number, trials: number): number {
  if (events >= trials) return 1;
  let low = 0;
  let high = 1;
  // Forty halvings bring it far below what is shown.
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (atMost(events, trials, middle) > 1 - CONFIDENCE) low = middle;
    else high = middle;
  }
  return high;
}
