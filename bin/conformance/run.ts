import { randomInt, randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cimRegistry } from "../../codegen/index.ts";
import { hideInLogs } from "../../harness/accounts/index.ts";
import { CuppingError } from "../../harness/errors.ts";
import { type ConformanceResult, writeResult } from "../../harness/result/index.ts";
import {
  type CapabilityOrigin,
  type ConformanceCase,
  claimsOf,
  conformanceResult,
  EMPTY_LIST,
  formatCaseList,
  notClaimed,
  parsePatterns,
  type Recording,
  readCaseList,
  readClaims,
  runSuite,
  selectCases,
} from "../../harness/runner/index.ts";
import packageJson from "../../package.json" with { type: "json" };
import { parseReportFormats, writeReports } from "../../reports/index.ts";
import { everyVariant } from "../../scenarios/conformance/index.ts";
import { capabilities, RULE_SET_VERSION, sections } from "../../scenarios/rules/index.ts";
import type { ConformanceArguments } from "./arguments.ts";
import { writeCapsules } from "./capsule.ts";
import { openRun } from "./open-run.ts";
import { printOutcome } from "./output.ts";
import { showProgress } from "./progress.ts";
import { repeatCommand } from "./repeat.ts";

/** Largest seed: one that every number format keeps. */
const SEED_LIMIT = 2 ** 31;

/** Runs the suite as the command line says, writes the results and prints the outcome. @returns the exit code */
export async function runConformance(args: ConformanceArguments): Promise<number> {
  const plan = planRun(args);
  if (args.list) {
    listCases(plan.cases, plan.claims, args.json);
    return 0;
  }
  const seed = args.seed ?? randomInt(1, SEED_LIMIT);
  const startedAt = new Date();
  const begun = performance.now();
  const dir = args.out ?? join("reports", "out", `${fileTime(startedAt)}-conformance`);
  const run = await openRun(args, seed, join(dir, "logs"));
  const { interrupted, release } = catchInterrupt();
  const live = process.stderr.isTTY === true && !args.quiet && !process.env["CI"];
  const color = process.stderr.isTTY === true && !process.env["NO_COLOR"];
  const progress = showProgress(plan.cases.length, { quiet: args.quiet, verbose: args.verbose, live, color });
  const recordings = new Map<string, Recording>();
  let result: ConformanceResult;
  try {
    const { address, http, control } = run.target;
    const { accounts, timers, webSocket } = run;
    const { timeoutScale } = args;
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
        seed,
      },
      claims: plan.claims,
      jobs: args.jobs,
      failLevel: args.level,
      knownFailing: plan.knownFailing,
      knownFlaky: plan.knownFlaky,
      allowIncomplete: args.allowIncomplete,
      keepAllTraces: args.verbose,
      repeat: (id) => repeatCommand(args, seed, id),
      signal: interrupted,
      progress: { ...progress, onRecording: (id, recording) => recordings.set(id, recording) },
    });
    const head = {
      toolVersion: packageJson.version,
      run: {
        id: randomUUID(),
        seed,
        startedAt: startedAt.toISOString(),
        durationMs: Math.round(performance.now() - begun),
        command: repeatCommand(args, seed),
        partial: false,
        ...(args.label !== undefined && { label: args.label }),
      },
      target: run.target,
      usage: await run.target.usage().catch(() => undefined),
      ruleSet: RULE_SET_VERSION,
      sections,
      secrets: run.accounts.secrets,
      suite: {
        profile: args.profile,
        level: args.level,
        capabilities: [...plan.claims],
        ...(plan.only && { only: plan.only }),
        ...(plan.skip.length > 0 && { skip: plan.skip }),
        timeoutScale,
        jobs: args.jobs,
      },
    };
    result = conformanceResult(head, suite);
  } finally {
    progress.stop();
    await run.target.stop();
    await hideInLogs(join(dir, "logs"), run.accounts.secrets);
    release();
  }
  writeCapsules(dir, result, { timers: args.timers, timeoutScale: args.timeoutScale, recordings });
  const file = await writeResult(dir, result);
  const reports = await writeReports(dir, result, plan.formats);
  if (args.writeKnownFailing !== undefined) {
    const failures = result.cases.filter(({ status }) => status === "failed" || status === "knownFailing");
    writeFileSync(args.writeKnownFailing, formatCaseList(failures.map(({ id, reason }) => ({ id, reason }))));
  }
  if (args.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  printOutcome(result, [file, ...reports.map(({ path }) => path)], { quiet: args.quiet, color });
  return exitCode(result);
}

/** What is to be run, and how it is judged: everything that can be wrong in the command line is found here. */
function planRun(args: ConformanceArguments) {
  if (!Number.isInteger(args.jobs) || args.jobs < 1)
    throw new CuppingError("usage", "--jobs takes a whole number from 1");
  if (!(args.timeoutScale > 0)) throw new CuppingError("usage", "--timeout-scale takes a number above 0");
  if (args.seed !== undefined && (!Number.isInteger(args.seed) || args.seed < 0 || args.seed >= SEED_LIMIT)) {
    throw new CuppingError("usage", `--seed takes a whole number from 0 to ${SEED_LIMIT - 1}`);
  }
  const only = args.only === undefined ? undefined : parsePatterns(args.only);
  const skip = parsePatterns(args.skip ?? "");
  const known = new Map<string, CapabilityOrigin>(
    Object.entries(capabilities).map(([name, info]) => [name, info.origin] as const),
  );
  const profile = claimsOf(args.profile, known);
  return {
    only,
    skip,
    cases: selectCases(everyVariant, only, skip),
    claims: args.capabilities === undefined ? profile : readClaims(args.capabilities, profile, known),
    knownFailing: listFrom("--known-failing", args.knownFailing),
    knownFlaky: listFrom("--known-flaky", args.knownFlaky),
    formats: parseReportFormats(args.report),
  };
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

/** Ends the run in order on the first Ctrl-C, and at once on the second. */
function catchInterrupt(): { interrupted: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Error("the run was interrupted"));
    process.stderr.write("\nstopping; once more ends at once\n");
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    interrupted: controller.signal,
    release: () => {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
    },
  };
}

function exitCode(result: ConformanceResult): number {
  if (result.run.partial) return 130;
  if (result.verdict === "pass") return 0;
  if (result.verdict === "fail") return 1;
  return result.summary.errored > 0 ? 4 : 5;
}

/** A time that sorts and may stand in a file name, e.g. `2026-11-24T04-15-30`. */
function fileTime(time: Date): string {
  return time.toISOString().slice(0, 19).replaceAll(":", "-");
}
