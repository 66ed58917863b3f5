import type { CaseResult } from "../../harness/result/index.ts";
import {
  type CaseSurroundings,
  type ConformanceCase,
  claimsOf,
  EMPTY_LIST,
  type Level,
  runSuite,
} from "../../harness/runner/index.ts";
import { capabilities } from "../../scenarios/rules/index.ts";
import { type ProofServerOptions, type ServerUnderProof, startProofServer } from "./server.ts";

/** Everything is asked of the reference server and its mutants. */
const claims = claimsOf("full", new Map(Object.entries(capabilities).map(([name, { origin }]) => [name, origin])));

/** Cases at a time against one server. */
const JOBS = 4;

/**
 * Runs cases against a server that is already there.
 * @param failLevel default `may`: broken SHOULD and MAY rules count as failures, too
 */
export async function runCases(
  cases: readonly ConformanceCase[],
  around: CaseSurroundings,
  jobs: number = JOBS,
  failLevel: Level = "may",
): Promise<CaseResult[]> {
  const run = await runSuite({
    cases,
    around,
    claims,
    jobs,
    failLevel,
    knownFailing: EMPTY_LIST,
    knownFlaky: EMPTY_LIST,
    allowIncomplete: true,
    keepAllTraces: false,
    repeat: (caseId) => `npm run kill-matrix -- --case ${caseId}`,
    signal: new AbortController().signal,
    progress: {},
  });
  return run.cases;
}

/** Whether a case kills, restarts or measures the process of its target. */
function needsProcess(one: ConformanceCase): boolean {
  return one.needs.includes("restart") || one.needs.includes("process");
}

/** Runs each case by itself, also those about timers. */
async function runOneByOne(cases: readonly ConformanceCase[], around: CaseSurroundings): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const one of cases) results.push(...(await runCases([one], around)));
  return results;
}

/**
 * Runs cases against reference servers of their own: most against one in this process, those that kill, restart or
 * measure their target against one in a process apart.
 */
export async function runAgainstReference(
  cases: readonly ConformanceCase[],
  options: ProofServerOptions & { readonly jobs?: number },
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const apart of [false, true]) {
    const chosen = cases.filter((one) => needsProcess(one) === apart);
    if (chosen.length === 0) continue;
    const server: ServerUnderProof = await startProofServer(apart, options);
    try {
      const disturbed = options.mutants?.some(({ disturbsOthers }) => disturbsOthers);
      const run = disturbed ? runOneByOne(chosen, server.around) : runCases(chosen, server.around, options.jobs);
      results.push(...(await run));
    } finally {
      await server.stop();
    }
  }
  return results;
}
