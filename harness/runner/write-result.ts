import { hideInCase, hideInTarget, type Secrets } from "../accounts/index.ts";
import { formatAddress } from "../client/index.ts";
import { describeMachine } from "../measure/index.ts";
import {
  type CaseResult,
  type ConformanceResult,
  RESULT_SCHEMA_VERSION,
  type RuleSection,
  type Run,
  type Target as TargetDescription,
} from "../result/index.ts";
import type { ProcessUsage, Target } from "../targets/index.ts";
import type { SuiteResult } from "./suite.ts";

/** What a result says besides what its cases came to. */
export interface ResultHead {
  readonly toolVersion: string;
  readonly run: Run;
  readonly target: Target;
  /** What the target has used, at the end of the run while it still ran; undefined where it cannot be seen. */
  readonly usage?: ProcessUsage | undefined;
  readonly ruleSet: string;
  /** Every section of the rule set. */
  readonly sections: readonly RuleSection[];
  /** What no result holds. */
  readonly secrets: Secrets;
  readonly suite: NonNullable<ConformanceResult["suite"]>;
}

/** What the cases of a run came to, all together. */
type Outcome = Pick<SuiteResult, "verdict" | "reasons" | "summary" | "cases" | "interrupted">;

/** The result file's content for a finished run. */
export function conformanceResult(head: ResultHead, suite: Outcome): ConformanceResult {
  const { toolVersion, run, target, usage, ruleSet, secrets } = head;
  return {
    schemaVersion: RESULT_SCHEMA_VERSION,
    kind: "conformance",
    tool: { name: "cupping", version: toolVersion },
    run: { ...run, partial: suite.interrupted },
    target: { ...hideInTarget(describeTarget(target), secrets), ...(usage && { usage }) },
    environment: describeMachine(),
    verdict: suite.verdict,
    reasons: secrets.hideIn(suite.reasons),
    ruleSet,
    sections: sectionsOf(suite.cases, head.sections),
    suite: head.suite,
    summary: suite.summary,
    cases: suite.cases.map((one) => hideInCase(one, secrets)),
  };
}

function sectionsOf(cases: readonly CaseResult[], sections: readonly RuleSection[]): RuleSection[] {
  const own = sections.filter(({ id }) => cases.some(({ rule }) => rule.startsWith(`${id}-`)));
  return own.map(({ id, title }) => ({ id, title }));
}

function describeTarget(target: Target): TargetDescription {
  const logTail = target.logTail();
  return {
    url: formatAddress(target.address),
    transport: target.address.scheme,
    ...(target.address.tls?.insecure === true && { certificate: "unchecked" as const }),
    ...(target.http !== undefined && { http: target.http }),
    startedBy: target.startedBy,
    ...(target.startedBy === "ref" && { name: "reference server" }),
    ...(logTail.length > 0 && { logTail }),
  };
}
