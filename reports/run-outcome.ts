import type { CaseResult, ConformanceResult, Result, Verdict } from "../harness/result/index.ts";

/** What a run came to: its verdict, or that it was interrupted before anything was proven. */
export type Outcome = Verdict | "interrupted";

/** What a run came to. What was proven before an interruption stays proven. */
export function outcomeOf({ verdict, run }: Result): Outcome {
  return run.partial && verdict !== "fail" ? "interrupted" : verdict;
}

/** What several runs came to together: what was proven weighs most, then that something is missing. */
export function worstOutcome(outcomes: readonly Outcome[]): Outcome {
  return (["fail", "interrupted", "invalid"] as const).find((one) => outcomes.includes(one)) ?? "pass";
}

/** The verdict in whose colour an outcome is shown. */
export function shadeOf(outcome: Outcome): Verdict {
  return outcome === "interrupted" ? "invalid" : outcome;
}

/**
 * What a case counts for in the eyes of a CI service, which knows no more than this: `failure` and `error` turn a
 * build red, `aside` is told and changes nothing. It is what the exit code of the run counts it for.
 */
export type Weight = "failure" | "error" | "aside" | "none";

/** What a case counts for in this run. */
export function weightOf(
  { status, listed }: Pick<CaseResult, "status" | "listed">,
  { suite }: ConformanceResult,
): Weight {
  switch (status) {
    case "failed":
      return "failure";
    case "errored":
      return "error";
    case "couldNotRun":
      return listed === true || suite?.allowIncomplete === true ? "aside" : "error";
    case "passed":
      return "none";
    default:
      return "aside";
  }
}
