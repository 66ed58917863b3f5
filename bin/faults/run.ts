import { randomInt, randomUUID } from "node:crypto";
import { join } from "node:path";
import { type AccountSource, hideInLogs, openAccounts, Secrets } from "../../harness/accounts/index.ts";
import { CuppingError } from "../../harness/errors.ts";
import {
  type Fault,
  type FaultReport,
  faultCases,
  faults,
  runFault,
  serviceFaults,
  unrunFaultCases,
} from "../../harness/faults/index.ts";
import { parseDuration } from "../../harness/measure/duration.ts";
import { type CaseResult, type CaseStatus, exitCodeOf, writeResult } from "../../harness/result/index.ts";
import { conformanceResult } from "../../harness/runner/index.ts";
import { canMountDisks, openTarget, type ProcessUsage, parseTarget, type Target } from "../../harness/targets/index.ts";
import { matchesWildcard } from "../../harness/wildcard.ts";
import packageJson from "../../package.json" with { type: "json" };
import { parseReportFormats, writeReports } from "../../reports/index.ts";
import { RULE_SET_VERSION, sections } from "../../scenarios/rules/index.ts";
import { printOutcome } from "../conformance/output.ts";
import type { FaultArguments } from "./arguments.ts";

/** Size of the disk that is filled: room enough for all that a run stores. */
const DISK_BYTES = 64 * 1024 * 1024;

/** Inflicts faults as the command line says, writes the results and prints the outcome. @returns the exit code */
export async function runFaults(args: FaultArguments): Promise<number> {
  const plan = planRun(args);
  if (args.list) {
    for (const { name, title } of plan.faults) process.stdout.write(`${name.padEnd(22)} ${title}\n`);
    return 0;
  }
  const seed = args.seed ?? randomInt(1, 2 ** 31);
  const startedAt = new Date();
  const begun = performance.now();
  const time = startedAt.toISOString().slice(0, 19).replaceAll(":", "-");
  const dir = args.out ?? join("reports", "out", `${time}-faults`);
  const interrupt = new AbortController();
  const stop = (): void => interrupt.abort(new Error("the run was interrupted"));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const needsDisk = plan.choice.kind === "ref" && plan.faults.some(({ needs }) => needs === "disk");
  const target = await openTarget(plan.choice, {
    iOwnThisTarget: args.iOwnThisTarget,
    mutants: args.mutant,
    diskBytes: needsDisk && canMountDisks() ? DISK_BYTES : undefined,
    image: args.image,
    compose: args.compose,
    service: args.service,
    logFolder: join(dir, "logs"),
    serveArguments: ["--password-cost", "1"],
  });
  let secrets = new Secrets();
  let cases: CaseResult[];
  let usage: ProcessUsage | undefined;
  try {
    const { users, userTemplate, userPassword } = args;
    const accounts = openAccounts({ users, userTemplate, userPassword, http: target.http, seed });
    secrets = accounts.secrets;
    cases = await inflictAll(args, plan, target, { accounts, seed }, interrupt.signal);
    usage = await target.usage().catch(() => undefined);
  } finally {
    await target.stop();
    await hideInLogs(join(dir, "logs"), secrets);
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
  const summary = countCases(cases);
  const verdict =
    summary.failed > 0
      ? "fail"
      : summary.passed > 0 && summary.passed + summary.notApplicable === summary.total
        ? "pass"
        : "invalid";
  const reasons = [
    ...(summary.failed > 0 ? [`${summary.failed} of ${summary.total} promises were broken`] : []),
    ...(summary.errored > 0 ? ["some faults could not be inflicted"] : []),
  ];
  const durationMs = Math.round(performance.now() - begun);
  const run = { id: randomUUID(), seed, startedAt: startedAt.toISOString(), durationMs, command: repeat(args, seed) };
  const result = conformanceResult(
    {
      toolVersion: packageJson.version,
      run: { ...run, partial: false },
      target,
      usage,
      ruleSet: RULE_SET_VERSION,
      sections,
      secrets,
      suite: { ...(plan.only && { only: plan.only }) },
    },
    { verdict, reasons, summary, cases, interrupted: interrupt.signal.aborted } as Parameters<
      typeof conformanceResult
    >[1],
  );
  const file = await writeResult(dir, result);
  const reports = await writeReports(dir, result, plan.formats);
  if (args.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  const color = process.stderr.isTTY === true && !process.env["NO_COLOR"];
  printOutcome(result, [file, ...reports.map(({ path }) => path)], { quiet: args.quiet, color });
  return result.run.partial ? 130 : exitCodeOf(result.verdict);
}

/** Everything that can be wrong in the command line is found here. */
function planRun(args: FaultArguments) {
  if (!Number.isInteger(args.pairs) || args.pairs < 1)
    throw new CuppingError("usage", "--pairs takes a whole number from 1");
  if (!(args.rate > 0 && args.rate <= 1_000))
    throw new CuppingError("usage", "--rate takes a number above 0, up to 1000");
  const choice = parseTarget(args.target, args.http);
  if (args.mutant.length > 0 && choice.kind !== "ref")
    throw new CuppingError("usage", "--mutant belongs to --target ref");
  if (args.disturb !== undefined && args.compose === undefined) {
    throw new CuppingError("usage", "--disturb names services of --compose FILE, which is missing");
  }
  const services = args.disturb?.split(",").map((name) => name.trim()) ?? [];
  const known = [...faults, ...services.flatMap(serviceFaults)];
  const only = args.only?.split(",").map((pattern) => pattern.trim());
  for (const pattern of only ?? []) {
    if (known.some(({ name }) => matchesWildcard(pattern, name))) continue;
    throw new CuppingError("usage", `--only "${pattern}" matches no fault; cupping faults --list shows them`);
  }
  return {
    choice,
    only,
    faults: known.filter(({ name }) => only?.some((pattern) => matchesWildcard(pattern, name)) ?? true),
    recoveryMs: parseDuration(args.recovery, "--recovery"),
    formats: parseReportFormats(args.report),
  };
}

async function inflictAll(
  args: FaultArguments,
  plan: { faults: readonly Fault[]; recoveryMs: number },
  target: Target,
  { accounts, seed }: { readonly accounts: AccountSource; readonly seed: number },
  signal: AbortSignal,
): Promise<CaseResult[]> {
  const options = { pairs: args.pairs, pauseMs: 1_000 / args.rate, recoveryMs: plan.recoveryMs, signal };
  const tell = (text: string): void => void (args.quiet || process.stderr.write(`${text}\n`));
  const cases: CaseResult[] = [];
  for (const fault of plan.faults) {
    if (signal.aborted) break;
    const excuse = excuseFor(fault, target);
    if (excuse !== undefined) {
      tell(`${fault.name.padEnd(22)} left out: ${excuse}`);
      cases.push(...unrunFaultCases(fault, "notApplicable", excuse));
      continue;
    }
    try {
      const report = await runFault(fault, target, accounts, options);
      tell(line(report));
      cases.push(...faultCases(report, repeat({ ...args, only: fault.name }, seed)));
    } catch (error) {
      if (signal.aborted) break;
      tell(`${fault.name.padEnd(22)} could not be inflicted: ${(error as Error).message}`);
      cases.push(...unrunFaultCases(fault, "errored", (error as Error).message));
    }
  }
  return cases;
}

/** Why a fault cannot be inflicted on this target, if it cannot. */
function excuseFor({ needs }: Fault, { control }: Target): string | undefined {
  if (needs === "link") return undefined;
  if (!control) return "the harness did not start this server, so it cannot stop it";
  if (needs === "disk" && !control.disk) return "it takes --target ref on Linux with the rights to mount a disk";
  return undefined;
}

function line({ fault, sent, acknowledged, breaks, recoveryMs, violations }: FaultReport): string {
  const broken = Object.values(violations).filter((examples) => examples.length > 0).length;
  const verdict = broken === 0 ? "all promises kept" : `${broken} promises broken`;
  const figures = `${acknowledged} of ${sent} acknowledged, ${breaks} breaks, well after ${(recoveryMs / 1_000).toFixed(1)} s`;
  return `${fault.name.padEnd(22)} ${verdict} (${figures})`;
}

function countCases(cases: readonly CaseResult[]): { total: number } & Record<CaseStatus, number> {
  const count = (status: CaseStatus): number => cases.filter((one) => one.status === status).length;
  return {
    total: cases.length,
    passed: count("passed"),
    failed: count("failed"),
    warned: 0,
    notApplicable: count("notApplicable"),
    couldNotRun: 0,
    errored: count("errored"),
    knownFailing: 0,
    flaky: 0,
  };
}

/** The command line that repeats a run. Passwords are never in it. */
function repeat(args: FaultArguments, seed: number): string {
  const given: [string, string | number | undefined][] = [
    ["--target", args.target === "ref" ? undefined : args.target],
    ["--http", args.http],
    ["--image", args.image],
    ["--compose", args.compose],
    ["--service", args.service],
    ["--disturb", args.disturb],
    ["--users", args.users],
    ["--user-template", args.userTemplate],
    ["--only", args.only],
    ...args.mutant.map((name): [string, string] => ["--mutant", name]),
    ["--seed", seed],
  ];
  const words = given.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${quote(String(value))}`]));
  return ["npx cupping faults", ...words].join(" ");
}

const quote = (word: string): string => (/^[\w:/.,@-]+$/.test(word) ? word : `'${word}'`);
