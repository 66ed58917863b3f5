import type { Verdict } from "./common.ts";

const exitCodes = { pass: 0, fail: 1, invalid: 5 } as const;

/**
 * The exit code of a verdict: 0 pass, 1 fail, 5 invalid. Of several verdicts a failure weighs most, since it was
 * proven; then what could not be measured.
 */
export function exitCodeOf(...verdicts: Verdict[]): 0 | 1 | 5 {
  return exitCodes[worstVerdict(verdicts)];
}

/** Whether an exit code stands for a verdict: what exits with another one has told none. */
export function isExitCodeOfVerdict(code: number): boolean {
  return Object.values<number>(exitCodes).includes(code);
}

/** The verdict of several runs together. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("fail")) return "fail";
  return verdicts.includes("invalid") ? "invalid" : "pass";
}
