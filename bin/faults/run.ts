import { describeOtherRun } from "../../harness/check/index.ts";
import { OWN_DESCRIPTORS } from "../../harness/descriptors.ts";
import { CuppingError, isCuppingError } from "../../harness/errors.ts";
import {
  type Fault,
  type FaultReport,
  faultCases,
  faults,
  newRunTag,
  recoveryText,
  runFault,
  serviceFaults,
  unrunFaultCases,
} from "../../harness/faults/index.ts";
import { HISTORY_PAGE, replayAccounts } from "../../harness/load/index.ts";
import { formatDuration, parseDuration } from "../../harness/measure/duration.ts";
import {
  type CaseResult,
  type CaseStatus,
  type ConformanceResult,
  type FaultRecord,
  visibleText,
} from "../../harness/result/index.ts";
import { conformanceResult } from "../../harness/runner/index.ts";
import { canMountDisks, requireFirstLogin, type Target } from "../../harness/targets/index.ts";
import { matchesWildcard } from "../../harness/wildcard.ts";
import { printOutcome } from "../conformance/output.ts";
import { resultHead } from "../conformance/result-head.ts";
import { type FaultArguments, faultOptions } from "../options/faults.ts";
import { perform, type Run } from "../run/perform.ts";
import { repeatLine } from "../run/repeat.ts";
import { cheapPasswords, checkTested, chooseTarget, openTested, type Tested } from "../run/target.ts";

/** Shorter, and the clients' own pauses between two attempts would be held against the server. */
const LEAST_RECOVERY_MS = 1000;

/** Size of the disk that is filled: room enough for all that a run stores. */
const DISK_BYTES = 64 * 1024 * 1024;

/** Of each user: its connection, and both sides of the link that is broken; and one for what reads the history. */
const DESCRIPTORS_PER_USER = 4;

/** Inflicts faults as the command line says, writes the results and prints the outcome. @returns the exit code; undefined where nothing was run */
export async function runFaults(args: FaultArguments): Promise<number | undefined> {
  const plan = await planRun(args);
  if (args.list) {
    for (const { name, title } of plan.faults) process.stdout.write(`${name.padEnd(22)} ${title}\n`);
    return undefined;
  }
  const needsDisk = plan.choice.kind === "ref" && plan.faults.some(({ needs }) => needs === "disk");
  return perform({
    descriptors: OWN_DESCRIPTORS + 2 * DESCRIPTORS_PER_USER * args.pairs,
    what: "faults",
    words: ["faults"],
    rows: faultOptions.rows,
    args,
    check: () => checkTested(args),
    open: (run, signal) =>
      openTested(args, run, {
        signal,
        mutants: args.mutant,
        diskBytes: needsDisk && canMountDisks() ? DISK_BYTES : undefined,
        serveArguments: cheapPasswords,
      }),
    measure: async (run, tested, interrupt) => {
      const { target } = tested;
      const { cases, records, doubt } = await inflictAll(args, plan, tested, run, interrupt);
      const head = await resultHead(run, target, { ...(plan.only && { only: plan.only }) });
      const outcome = { ...judge(cases, doubt), cases, interrupted: interrupt.aborted };
      return { ...conformanceResult(head, outcome), faults: records };
    },
    tell: (result, outlet, { folder }) => printOutcome(result, outlet, { folder, quiet: args.quiet }),
  });
}

/** What besides its guarantees was seen of a target. */
interface Doubt {
  /** That another run used the same accounts: then nothing is certain of any fault. */
  readonly disturbance: string | undefined;
  /** That the target stopped serving anybody, and since when. */
  readonly end: string | undefined;
}

function judge(
  cases: readonly CaseResult[],
  { disturbance, end }: Doubt,
): Pick<ConformanceResult, "verdict" | "reasons" | "summary"> {
  const summary = countCases(cases);
  const isWhole = summary.passed > 0 && summary.passed + summary.notApplicable === summary.total;
  const isBroken = summary.failed > 0 || end !== undefined;
  const verdict = disturbance !== undefined ? "invalid" : isBroken ? "fail" : isWhole ? "pass" : "invalid";
  const reasons = [
    ...(disturbance === undefined ? [] : [disturbance]),
    ...(end === undefined ? [] : [end]),
    ...(summary.failed > 0 ? [`${summary.failed} of ${summary.total} guarantees were broken`] : []),
    ...(summary.interrupted > 0 ? ["the run was interrupted before all faults had been inflicted"] : []),
    ...describeErrored(cases),
    ...(disturbance === undefined && end === undefined ? describeUnseen(cases) : []),
  ];
  return { verdict, reasons, summary };
}

/** Why faults could not be inflicted, one sentence for each cause. */
function describeErrored(cases: readonly CaseResult[]): string[] {
  const byCause = Map.groupBy(
    cases.filter(({ status }) => status === "errored"),
    ({ reason }) => reason ?? "",
  );
  return [...byCause].map(([cause, ofCause]) => {
    const names = new Set(ofCause.map(({ id }) => id.slice(0, id.indexOf("/"))));
    return `${[...names].join(", ")} could not be inflicted: ${cause}`;
  });
}

/** Why nobody could look at what users have behind a fault, one sentence for each cause. */
function describeUnseen(cases: readonly CaseResult[]): string[] {
  const byCause = Map.groupBy(
    cases.filter(({ status }) => status === "couldNotRun"),
    ({ reason }) => reason ?? "",
  );
  return [...byCause].map(([cause, ofCause]) => {
    const names = new Set(ofCause.map(({ id }) => id.slice(0, id.indexOf("/"))));
    return `behind ${[...names].join(", ")} ${cause}`;
  });
}

/** Everything that can be wrong in the command line is found here. */
async function planRun(args: FaultArguments) {
  const choice = await chooseTarget(args);
  if (args.disturb !== undefined && args.compose === undefined) {
    throw new CuppingError("usage", "--disturb needs --compose FILE, whose services it names");
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
    recoveryMs: decideRecovery(args.recovery),
  };
}

function decideRecovery(text: string): number {
  const recoveryMs = parseDuration(text, "--recovery");
  if (recoveryMs >= LEAST_RECOVERY_MS) return recoveryMs;
  throw new CuppingError(
    "usage",
    `--recovery must be at least ${formatDuration(LEAST_RECOVERY_MS)}: clients wait that long before they come back`,
  );
}

async function inflictAll(
  args: FaultArguments,
  plan: { faults: readonly Fault[]; recoveryMs: number },
  { target, accounts }: Tested,
  { seed, secrets }: Run,
  signal: AbortSignal,
): Promise<{ cases: CaseResult[]; records: FaultRecord[]; doubt: Doubt }> {
  const options = { pairs: args.pairs, pauseMs: 1_000 / args.rate, recoveryMs: plan.recoveryMs, signal };
  const run = newRunTag();
  // Accounts that are listed, and not made, serve every fault: what they hold is read before it is judged.
  const forOneFault = accounts.registers ? () => accounts : replayAccounts(accounts);
  const tell = (text: string): void =>
    void (args.quiet || process.stderr.write(`${visibleText(secrets.hideInText(text))}\n`));
  const cases: CaseResult[] = [];
  const records = plan.faults.map(({ name, title }): FaultRecord => ({ name, title }));
  let disturbance: string | undefined;
  let end: string | undefined;
  const isServed = (): Promise<void> =>
    requireFirstLogin(target, () => forOneFault().take(signal), accounts.registers, signal);
  await isServed();
  for (const [position, fault] of plan.faults.entries()) {
    if (signal.aborted) {
      cases.push(...unrunFaultCases(fault, "interrupted", "the run was interrupted"));
      continue;
    }
    if (end !== undefined) {
      cases.push(...unrunFaultCases(fault, "couldNotRun", end));
      continue;
    }
    const excuse = excuseFor(fault, target);
    if (excuse !== undefined) {
      tell(`${fault.name.padEnd(22)} left out: ${excuse}`);
      cases.push(...unrunFaultCases(fault, "notApplicable", excuse));
      continue;
    }
    try {
      const mark = { run, firstConversation: position * args.pairs };
      const report = await runFault(fault, target, forOneFault(), { ...options, ...mark });
      if (report.ofAnotherRun > 0) {
        const reason = describeOtherRun(report.ofAnotherRun);
        disturbance ??= reason;
        tell(`${fault.name.padEnd(22)} nothing is known: ${reason}`);
        cases.push(...unrunFaultCases(fault, "couldNotRun", reason));
        continue;
      }
      records[position] = { name: fault.name, title: fault.title, course: report.course };
      tell(line(report));
      cases.push(...faultCases(report, repeatLine(["faults"], faultOptions.rows, { ...args, seed, only: fault.name })));
    } catch (error) {
      if (signal.aborted) {
        cases.push(...unrunFaultCases(fault, "interrupted", "the run was interrupted"));
        continue;
      }
      const why = (error as Error).message;
      const lack = await lackIn(isServed);
      if (signal.aborted) {
        cases.push(...unrunFaultCases(fault, "interrupted", "the run was interrupted"));
        continue;
      }
      tell(`${fault.name.padEnd(22)} could not be inflicted: ${why}`);
      if (lack !== undefined) end = `since ${fault.name} the target no longer serves anybody: ${lack}; start it again`;
      cases.push(...unrunFaultCases(fault, end === undefined ? "errored" : "couldNotRun", end ?? why));
    }
  }
  return { cases, records, doubt: { disturbance, end } };
}

/** Why the target does not serve one user more, after it has served the first; undefined when it does. */
async function lackIn(isServed: () => Promise<void>): Promise<string | undefined> {
  try {
    await isServed();
    return undefined;
  } catch (error) {
    return isCuppingError(error, "target") ? error.message : undefined;
  }
}

/** Why a fault cannot be inflicted on this target, if it cannot. */
function excuseFor({ needs }: Fault, { control }: Target): string | undefined {
  if (needs === "link") return undefined;
  if (!control) return "the harness did not start this server, so it cannot stop it";
  if (needs === "disk" && !control.disk) return "it needs --target ref on Linux and the right to mount a disk";
  return undefined;
}

function line(report: FaultReport): string {
  const { fault, course, violations, pageSize, unseen } = report;
  const broken = Object.values(violations).filter((examples) => examples.length > 0).length;
  const verdict = broken === 0 ? "all guarantees kept" : `${broken} guarantees broken`;
  const figures = `${course.acknowledged} of ${course.sent} acknowledged, ${course.breaks} breaks, ${recoveryText(course)}`;
  const pages =
    pageSize < HISTORY_PAGE ? `; history was read by pages of ${pageSize}, since larger ones bring nothing` : "";
  const rest = unseen.length > 0 ? "; of the others nothing is known" : "";
  return `${fault.name.padEnd(22)} ${verdict}${rest} (${figures})${pages}`;
}

function countCases(cases: readonly CaseResult[]): { total: number } & Record<CaseStatus, number> {
  const count = (status: CaseStatus): number => cases.filter((one) => one.status === status).length;
  return {
    total: cases.length,
    passed: count("passed"),
    failed: count("failed"),
    warned: 0,
    notApplicable: count("notApplicable"),
    couldNotRun: count("couldNotRun"),
    interrupted: count("interrupted"),
    errored: count("errored"),
    knownFailing: 0,
    flaky: 0,
  };
}
