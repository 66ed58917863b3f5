import { CuppingError, exitCodeOfError } from "../../harness/errors.ts";
import { exitCodeOf } from "../../harness/result/index.ts";
import { notClaimed, type Recording } from "../../harness/runner/index.ts";
import { type ConformanceArguments, conformanceOptions } from "../options/conformance.ts";
import { perform } from "../run/perform.ts";
import { writeCapsules } from "./capsule.ts";
import { writeKnownFailing } from "./known-failing.ts";
import { findLastFailed } from "./last-failed.ts";
import { measureSuite } from "./measure-suite.ts";
import { checkOpenable, openRun, suiteDescriptors } from "./open-run.ts";
import { printOutcome } from "./output.ts";
import { planSuite, type SuitePlan } from "./plan.ts";

/** Runs the suite as the command line says. @returns the exit code; undefined where nothing was run */
export async function runConformance(given: ConformanceArguments): Promise<number | undefined> {
  const args = given.lastFailed ? await onlyLastFailed(given) : given;
  const plan = planSuite(args);
  if (args.list) {
    listCases(plan, args.json);
    return undefined;
  }
  const recordings = new Map<string, Recording>();
  let givenUp: string | undefined;
  return perform({
    descriptors: suiteDescriptors(args),
    what: "conformance",
    words: ["conformance"],
    rows: conformanceOptions.rows,
    args,
    check: () => checkOpenable(args),
    open: (run, signal) => openRun(args, run, signal),
    measure: async (run, opened, interrupt) => {
      const measured = await measureSuite({ args, plan, run, opened, interrupt, recordings });
      ({ givenUp } = measured);
      return measured.result;
    },
    tell: (result, outlet, { folder }) =>
      printOutcome(result, outlet, { folder, quiet: args.quiet, verbose: args.verbose }),
    keep: async (result, { folder }) => {
      await writeCapsules(folder, result, { args, limits: plan.limits, recordings });
      if (args.writeKnownFailing === undefined) return [];
      return await writeKnownFailing(args.writeKnownFailing, result, givenUp);
    },
    exitCode: ({ verdict, summary }) =>
      verdict === "invalid" && summary.errored > 0 ? exitCodeOfError.harness : exitCodeOf(verdict),
  });
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

function listCases({ cases, claims, limits }: SuitePlan, json: boolean): void {
  const rows = cases.map((one) => ({ one, excuse: notClaimed(one, claims, limits) }));
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
