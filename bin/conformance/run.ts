import { cimRegistry } from "../../codegen/index.ts";
import { CuppingError, exitCodeOfError } from "../../harness/errors.ts";
import { type ConformanceResult, exitCodeOf } from "../../harness/result/index.ts";
import {
  type CapabilityOrigin,
  type ConformanceCase,
  claimsOf,
  conformanceResult,
  EMPTY_LIST,
  type Extent,
  notClaimed,
  parsePatterns,
  type Recording,
  readCaseList,
  readClaims,
  runSuite,
  selectCases,
} from "../../harness/runner/index.ts";
import { suiteGuard } from "../../scenarios/conformance/guard.ts";
import { everyVariant } from "../../scenarios/conformance/index.ts";
import { capabilities } from "../../scenarios/rules/index.ts";
import { type ConformanceArguments, conformanceOptions } from "../options/conformance.ts";
import { isColored } from "../run/output.ts";
import { perform, type Run } from "../run/perform.ts";
import { nameCapsules, writeCapsules } from "./capsule.ts";
import { writeKnownFailing } from "./known-failing.ts";
import { findLastFailed } from "./last-failed.ts";
import { checkOpenable, type OpenRun, openRun } from "./open-run.ts";
import { printOutcome } from "./output.ts";
import { showProgress } from "./progress.ts";
import { repeatCase } from "./repeat-case.ts";
import { resultHead } from "./result-head.ts";

/** Runs the suite as the command line says. @returns the exit code */
export async function runConformance(given: ConformanceArguments): Promise<number> {
  const args = given.lastFailed ? await onlyLastFailed(given) : given;
  const plan = planRun(args);
  if (args.list) {
    listCases(plan.cases, plan.claims, args.json);
    return 0;
  }
  const recordings = new Map<string, Recording>();
  let givenUp: string | undefined;
  return perform({
    what: "conformance",
    words: ["conformance"],
    rows: conformanceOptions.rows,
    args,
    check: () => checkOpenable(args),
    open: (run, signal) => openRun(args, run, signal),
    measure: async (run, opened, interrupt) => {
      const measured = await measure({ args, plan, run, opened, interrupt, recordings });
      ({ givenUp } = measured);
      return measured.result;
    },
    tell: (result, outlet, { folder }) =>
      printOutcome(result, outlet, { folder, quiet: args.quiet, verbose: args.verbose }),
    keep: async (result, { folder }) => {
      await writeCapsules(folder, result, { args, recordings });
      if (args.writeKnownFailing === undefined) return [];
      return await writeKnownFailing(args.writeKnownFailing, result, givenUp);
    },
    exitCode: ({ verdict, summary }) =>
      verdict === "invalid" && summary.errored > 0 ? exitCodeOfError.harness : exitCodeOf(verdict),
  });
}

async function measure(given: {
  args: ConformanceArguments;
  plan: ReturnType<typeof planRun>;
  run: Run;
  opened: OpenRun;
  interrupt: AbortSignal;
  recordings: Map<string, Recording>;
}): Promise<{ result: ConformanceResult; givenUp: string | undefined }> {
  const { args, plan, run, opened, interrupt, recordings } = given;
  const { target, accounts, timers, webSocket } = opened;
  const { address, http, control } = target;
  const { jobs, timeoutScale } = args;
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
        timeoutScale,
        seed: run.seed,
      },
      claims: plan.claims,
      jobs,
      failLevel: args.level,
      knownFailing: plan.knownFailing,
      knownFlaky: plan.knownFlaky,
      allowIncomplete: args.allowIncomplete,
      keepAllTraces: args.verbose,
      bail: args.bail,
      guard: suiteGuard,
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

/** What is to be run, and how it is judged: everything that can be wrong in the command line is found here. */
function planRun(args: ConformanceArguments) {
  const only = args.only === undefined ? undefined : parsePatterns(args.only);
  const skip = parsePatterns(args.skip ?? "");
  const known = new Map<string, CapabilityOrigin>(
    Object.entries(capabilities).map(([name, info]) => [name, info.origin] as const),
  );
  const profile = claimsOf(args.profile, known);
  return {
    only,
    skip,
    cases: selectCases(everyVariant, only, skip, extentOf(args)),
    claims: args.capabilities === undefined ? profile : readClaims(args.capabilities, profile, known),
    knownFailing: listFrom("--known-failing", args.knownFailing),
    knownFlaky: listFrom("--known-flaky", args.knownFlaky),
  };
}

/** The same as `--only` with the cases that an earlier run leaves to be mended, so that it can be repeated. */
async function onlyLastFailed(args: ConformanceArguments): Promise<ConformanceArguments> {
  if (args.only !== undefined || args.quick)
    throw new CuppingError("usage", "--last-failed chooses the cases itself: leave out --only and --quick");
  const { folder, ids } = await findLastFailed(args.out);
  const { length } = ids;
  const told =
    length === 0 ? "no case failed, so all run" : `${length} ${length === 1 ? "case" : "cases"} to run again`;
  if (!args.quiet) process.stderr.write(`last run, ${folder}: ${told}\n`);
  return { ...args, lastFailed: false, ...(length > 0 && { only: ids.join(",") }) };
}

function extentOf({ quick, thorough }: ConformanceArguments): Extent {
  if (quick && thorough) throw new CuppingError("usage", "--quick and --thorough exclude each other");
  if (quick) return "quick";
  return thorough ? "thorough" : "covering";
}

function listFrom(option: string, path: string | undefined) {
  return path === undefined ? EMPTY_LIST : readCaseList(option, path, everyVariant);
}

function listCases(cases: readonly ConformanceCase[], claims: ReadonlySet<string>, json: boolean): void {
  const rows = cases.map((one) => ({ one, excuse: notClaimed(one, claims) }));
  if (json) {
    const list = rows.map(({ one, excuse }) => ({
      id: one.id,
      rule: one.rule.id,
      level: one.level,
      title: one.title,
      capabilities: one.capabilities,
      needs: one.needs,
      ...(excuse !== undefined && { notApplicable: excuse }),
    }));
    process.stdout.write(`${JSON.stringify(list)}\n`);
    return;
  }
  for (const { one, excuse } of rows) {
    const aside = excuse === undefined ? "" : ` [${excuse}]`;
    process.stdout.write(`${one.id.padEnd(44)} ${one.level.padEnd(6)} ${one.title}${aside}\n`);
  }
}
