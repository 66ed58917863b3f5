import type { CaseResult } from "../../harness/result/index.ts";
import {
  type CaseSurroundings,
  type ConformanceCase,
  claimsOf,
  EMPTY_LIST,
  runSuite,
} from "../../harness/runner/index.ts";
import { suiteCases } from "../../scenarios/conformance/index.ts";
import { capabilities } from "../../scenarios/rules/index.ts";

const claims = claimsOf("full", new Map(Object.entries(capabilities).map(([name, { origin }]) => [name, origin])));

/** Cases that can be run against a server in this process: it can be restarted, but not measured. */
export const judgingCases: readonly ConformanceCase[] = suiteCases.filter(({ needs }) => !needs.includes("process"));

/** What a suite came to against one mutant. */
export interface Judgement {
  /** The first case that failed. */
  readonly killer: CaseResult | undefined;
  /** Cases that came to a result, and those that did not, by reason. */
  readonly judged: number;
  readonly undecided: readonly CaseResult[];
}

function hasFailed({ status, expected }: CaseResult): boolean {
  return status === "failed" || (status === "warned" && expected !== undefined);
}

/** Runs cases against a server until one fails. */
export async function judge(
  cases: readonly ConformanceCase[],
  around: CaseSurroundings,
  jobs: number,
): Promise<Judgement> {
  const found = new AbortController();
  let killer: CaseResult | undefined;
  const results = await runSuite({
    cases,
    around,
    claims,
    jobs,
    failLevel: "may",
    knownFailing: EMPTY_LIST,
    knownFlaky: EMPTY_LIST,
    allowIncomplete: true,
    keepAllTraces: false,
    repeat: (caseId) => caseId,
    signal: found.signal,
    progress: {
      onEnd(result) {
        if (killer !== undefined || !hasFailed(result)) return;
        killer = result;
        found.abort();
      },
    },
  });
  const isDecided = ({ status }: CaseResult): boolean =>
    status === "passed" || status === "failed" || status === "warned";
  return {
    killer,
    judged: results.cases.filter(isDecided).length,
    undecided: results.cases.filter((one) => one.status === "couldNotRun" || one.status === "errored"),
  };
}
