import { cimRegistry } from "../../codegen/index.ts";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { conformanceResult, type Recording, runSuite } from "../../harness/runner/index.ts";
import { suiteGuard } from "../../scenarios/conformance/guard.ts";
import type { ConformanceArguments } from "../options/conformance.ts";
import { isColored } from "../run/output.ts";
import type { Run } from "../run/perform.ts";
import { nameCapsules } from "./capsule.ts";
import type { OpenRun } from "./open-run.ts";
import type { SuitePlan } from "./plan.ts";
import { showProgress } from "./progress.ts";
import { repeatCase } from "./repeat-case.ts";
import { resultHead } from "./result-head.ts";

/** A run of the suite that can begin. */
export interface SuiteMeasurement {
  readonly args: ConformanceArguments;
  readonly plan: SuitePlan;
  readonly run: Run;
  readonly opened: OpenRun;
  readonly interrupt: AbortSignal;
  /** Whether it is only asked what the target has: {@link SuiteOptions.skipsLacking}. */
  readonly skipsLacking?: boolean;
  /** Gets what the connections of each case did whose trace is kept, by the case's id. */
  readonly recordings: Map<string, Recording>;
}

/** Cases at a time, unless it is said how many. CoffeeChat's own gate keeps its users in a map that nothing guards. */
const JOBS = { full: 8, upstream: 1 };

/**
 * Runs the suite against a target that is ready, and shows its progress.
 * @returns its result, and why the run was given up, when it was
 * @throws CuppingError `target` when something else than a server of this protocol listens there
 */
export async function measureSuite(
  given: SuiteMeasurement,
): Promise<{ result: ConformanceResult; givenUp: string | undefined }> {
  const { args, plan, run, opened, interrupt, recordings } = given;
  const { target, accounts, timers, webSocket } = opened;
  const { address, http, control } = target;
  const { timeoutScale } = args;
  const jobs = args.jobs ?? JOBS[args.profile];
  const live = process.stderr.isTTY === true && !args.quiet && !process.env["CI"];
  const { quiet, verbose } = args;
  const progress = showProgress(plan.cases.length, { quiet, verbose, live, color: isColored(process.stderr) });
  try {
    const suite = await runSuite({
      cases: plan.cases,
      around: {
        registry: cimRegistry,
        address,
        webSocket,
        http,
        accounts,
        control,
        timers,
        limits: plan.limits,
        oneByOne: !plan.claims.has("robustness"),
        timeoutScale,
        seed: run.seed,
      },
      claims: plan.claims,
      demanded: plan.demanded,
      jobs,
      failLevel: args.level,
      knownFailing: plan.knownFailing,
      knownFlaky: plan.knownFlaky,
      allowIncomplete: args.allowIncomplete,
      keepAllTraces: args.verbose,
      bail: args.bail,
      guard: suiteGuard,
      skipsLacking: given.skipsLacking,
      repeat: (id) => repeatCase(args, run.seed, id),
      signal: interrupt,
      progress: { ...progress, onRecording: (id, recording) => recordings.set(id, recording) },
    });
    const head = await resultHead(run, target, {
      profile: args.profile,
      level: args.level,
      capabilities: [...plan.claims],
      ...(plan.only && { only: plan.only }),
      ...(plan.skip.length > 0 && { skip: plan.skip }),
      timeoutScale,
      jobs,
      ...(args.allowIncomplete && { allowIncomplete: true }),
    });
    return { result: nameCapsules(conformanceResult(head, suite)), givenUp: suite.givenUp };
  } finally {
    progress.stop();
  }
}
