import type { CaseResult, ConformanceSummary, Verdict } from "../result/index.ts";
import type { ConformanceCase, Level } from "./case.ts";
import type { CaseSurroundings } from "./case-context.ts";
import type { CaseList } from "./case-list.ts";
import type { Claims } from "./claims.ts";
import type { SuiteGuard } from "./guard.ts";
import type { Recording } from "./recording.ts";

/** What happens during a run, for whoever shows it. */
export interface SuiteProgress {
  /** Before the first case: what is being made ready, in words. */
  onNote?(note: string): void;
  onStart?(one: ConformanceCase): void;
  /** A case has its result. It may be told again with another, when the case was run once more. */
  onEnd?(result: CaseResult): void;
  /** What the connections of a case did; only of cases whose trace is kept. */
  onRecording?(caseId: string, recording: Recording): void;
}

/** How a suite is run. */
export interface SuiteOptions {
  readonly cases: readonly ConformanceCase[];
  readonly around: CaseSurroundings;
  readonly claims: Claims;
  /** Capabilities that the target claims by name: what a run lacks for them makes it incomplete. */
  readonly demanded?: Claims;
  /** Cases at a time. Cases about timers run beside them, all at once; with 1 nothing runs beside a case. */
  readonly jobs: number;
  readonly failLevel: Level;
  readonly knownFailing: CaseList;
  readonly knownFlaky: CaseList;
  readonly allowIncomplete: boolean;
  readonly keepAllTraces: boolean;
  /** Ends the run at the first case that fails. Default: no. */
  readonly bail?: boolean | undefined;
  /** Tells a sick target from broken rules. Without it the run goes on whatever the target does. */
  readonly guard?: SuiteGuard | undefined;
  /**
   * A capability that some cases have waited for in vain is not asked for again: to know what a target has, without
   * judging it. Default: no.
   */
  readonly skipsLacking?: boolean | undefined;
  repeat(caseId: string): string;
  readonly signal: AbortSignal;
  readonly progress: SuiteProgress;
}

/** What a run came to. */
export interface SuiteResult {
  readonly cases: CaseResult[];
  readonly summary: ConformanceSummary;
  readonly verdict: Verdict;
  readonly reasons: string[];
  readonly interrupted: boolean;
  /** Why the run was given up, when it was: what was not judged until then is not known. */
  readonly givenUp: string | undefined;
}
