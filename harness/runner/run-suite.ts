import { decisiveValues } from "../grid/index.ts";
import type { CaseResult, ConformanceSummary, Verdict } from "../result/index.ts";
import { type ConformanceCase, type Level, type Need, templateOf } from "./case.ts";
import type { CaseSurroundings } from "./case-context.ts";
import { type CaseList, isListed } from "./case-list.ts";
import { type Claims, notClaimed } from "./claims.ts";
import { TargetLiveness } from "./liveness.ts";
import { LoopWatch } from "./loop-watch.ts";
import type { Recording } from "./recording.ts";
import { blankResult, type CaseJudgement, runCase } from "./run-case.ts";
import { SharedRestart } from "./shared-restart.ts";
import { judgeRun, summarize } from "./verdict.ts";

/** What happens during a run, for whoever shows it. */
export interface SuiteProgress {
  onStart?(one: ConformanceCase): void;
  onEnd?(result: CaseResult): void;
  /** What the connections of a case did; only of cases whose trace is kept. */
  onRecording?(caseId: string, recording: Recording): void;
}

/** How a suite is run. */
export interface SuiteOptions {
  readonly cases: readonly ConformanceCase[];
  readonly around: CaseSurroundings;
  readonly claims: Claims;
  /** Cases at a time. Cases about timers run beside them, all at once. */
  readonly jobs: number;
  readonly failLevel: Level;
  readonly knownFailing: CaseList;
  readonly knownFlaky: CaseList;
  readonly allowIncomplete: boolean;
  readonly keepAllTraces: boolean;
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
}

/** Runs cases against a target: in parallel where they allow it, those that disturb others last. */
export async function runSuite(options: SuiteOptions): Promise<SuiteResult> {
  const run = new SuiteRun(options);
  return await run.run();
}

/** Cases that share one restart of the target. */
const RESTARTING_AT_ONCE = 40;

class SuiteRun {
  readonly #options: SuiteOptions;
  readonly #watch = new LoopWatch();
  readonly #target: TargetLiveness;
  readonly #results = new Map<string, CaseResult>();
  readonly #running = new Set<string>();
  readonly #restarts: SharedRestart | undefined;
  #lastFinished: string | undefined;
  #death: string | undefined;

  constructor(options: SuiteOptions) {
    this.#options = options;
    this.#target = new TargetLiveness(options.around.address);
    const { control } = options.around;
    this.#restarts = control && new SharedRestart(() => control.restart());
  }

  async run(): Promise<SuiteResult> {
    const { cases, jobs, signal } = this.#options;
    const runnable = cases.filter((one) => !this.#excuse(one));
    const alone = runnable.filter((one) => one.alone);
    const restarting = runnable.filter((one) => one.needs.includes("restart") && !one.alone);
    const free = runnable.filter((one) => !one.alone && !restarting.includes(one));
    const timers = free.filter((one) => one.waits);
    const others = free.filter((one) => !one.waits);
    await Promise.all([inParallel(timers, timers.length, this.#one), inParallel(others, jobs, this.#one)]);
    await inParallel(alone, 1, this.#one);
    await inParallel(restarting, jobs === 1 ? 1 : RESTARTING_AT_ONCE, this.#one);
    this.#watch.stop();
    explainVariants(cases, this.#results);

    const results = cases.map((one) => this.#results.get(one.id) as CaseResult);
    const stale = results.filter((one) => one.status === "passed" && isListed(this.#options.knownFailing, one.id));
    const summary = summarize(results);
    const judged = judgeRun(summary, {
      stale: stale.map((one) => one.id),
      death: this.#death,
      interrupted: signal.aborted,
      allowIncomplete: this.#options.allowIncomplete,
    });
    return { cases: results, summary, ...judged, interrupted: signal.aborted };
  }

  /** Settles a case that cannot or need not run. */
  #excuse(one: ConformanceCase): boolean {
    const unclaimed = notClaimed(one, this.#options.claims);
    if (unclaimed !== undefined) {
      this.#end(blankResult(one, "notApplicable", unclaimed));
      return true;
    }
    for (const need of one.needs) {
      const lack = lackOf(need, this.#options.around);
      if (lack === undefined) continue;
      this.#end(blankResult(one, lack.status, lack.reason));
      return true;
    }
    return false;
  }

  readonly #one = async (one: ConformanceCase): Promise<void> => {
    if (this.#death !== undefined) {
      this.#end(blankResult(one, "couldNotRun", this.#death));
      return;
    }
    this.#running.add(one.id);
    this.#options.progress.onStart?.(one);
    const { failLevel, keepAllTraces, repeat, signal, progress } = this.#options;
    const keep = (id: string, recording: Recording): void => progress.onRecording?.(id, recording);
    const judgement: CaseJudgement = { failLevel, keepAllTraces, repeat, keep, signal, watch: this.#watch };
    const restarts = one.needs.includes("restart") && !one.alone ? this.#restarts : undefined;
    restarts?.enter();
    const result = await runCase(one, { ...this.#options.around, restarts }, judgement);
    restarts?.leave();
    if (await this.#diedDuring(result)) {
      result.reason = `${this.#death} (${result.reason ?? "while this case ran"})`;
      result.status = "couldNotRun";
    }
    this.#running.delete(one.id);
    this.#end(this.#relist(result));
  };

  /** A target that is gone fails whatever ran at the time; those cases say nothing about their rules. */
  async #diedDuring(result: CaseResult): Promise<boolean> {
    if (result.status !== "failed" && result.status !== "warned" && result.status !== "couldNotRun") return false;
    if (this.#options.signal.aborted) return false;
    if (this.#death === undefined && !(await this.#target.isAlive())) {
      const running = [...this.#running].join(", ");
      const before =
        this.#lastFinished === undefined ? "" : `; the last case that ended before was ${this.#lastFinished}`;
      this.#death ??= `the target ${this.#target.describe()} died or stopped taking connections while ${running} ran${before}`;
    }
    return this.#death !== undefined;
  }

  #relist(result: CaseResult): CaseResult {
    if (result.status !== "failed") return result;
    if (isListed(this.#options.knownFlaky, result.id)) result.status = "flaky";
    if (isListed(this.#options.knownFailing, result.id)) result.status = "knownFailing";
    return result;
  }

  #end(result: CaseResult): void {
    this.#results.set(result.id, result);
    if (result.durationMs > 0) this.#lastFinished = result.id;
    this.#options.progress.onEnd?.(result);
  }
}

/** Says with each failed variant of a case which value of which axis decides. */
function explainVariants(cases: readonly ConformanceCase[], results: ReadonlyMap<string, CaseResult>): void {
  for (const variants of Map.groupBy(
    cases.filter((one) => one.variant),
    ({ id }) => templateOf(id),
  ).values()) {
    const judged = variants.flatMap((one) => {
      const result = results.get(one.id);
      const isJudged = result && ["passed", "failed", "warned", "knownFailing", "flaky"].includes(result.status);
      return isJudged && one.variant
        ? [{ result, values: one.variant.values, failed: result.expected !== undefined }]
        : [];
    });
    const decisive = decisiveValues(variants[0]?.variant?.axes ?? {}, judged);
    if (decisive === undefined) continue;
    for (const { result, failed } of judged) if (failed) result.remarks = [...(result.remarks ?? []), decisive];
  }
}

/**
 * What the run lacks for a case. What can be given by an option makes the run incomplete; what a remote target cannot
 * have at all does not concern it.
 */
function lackOf(need: Need, around: CaseSurroundings): (Pick<CaseResult, "status"> & { reason: string }) | undefined {
  const missing = (reason: string) => ({ status: "couldNotRun" as const, reason });
  const impossible = (reason: string) => ({ status: "notApplicable" as const, reason });
  switch (need) {
    case "http":
      return around.http === undefined ? missing("no HTTP API was named (--http)") : undefined;
    case "registration":
      return around.accounts.registers ? undefined : impossible("accounts are not registered by the run (--users)");
    case "tokens":
      return around.accounts.takeWithToken
        ? undefined
        : missing("no account with a token is known: name some with --token-users, or do not claim token-login");
    case "stream":
      return around.address.scheme.startsWith("ws")
        ? impossible("over WebSocket each message is one whole packet")
        : undefined;
    case "websocket":
      return around.webSocket ? undefined : impossible("the run knows no WebSocket address beside the TCP one");
    case "restart":
      return around.control?.restart
        ? undefined
        : impossible("the suite did not start the target and cannot restart it");
    case "process":
      return around.control?.pid
        ? undefined
        : impossible("the target is not a process on this machine that the suite knows");
  }
}

async function inParallel<T>(items: readonly T[], jobs: number, act: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const work = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: Math.min(jobs, queue.length) }, work));
}
