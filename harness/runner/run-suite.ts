import { CuppingError, isCuppingError } from "../errors.ts";
import type { CaseResult, ConformanceSummary, Verdict } from "../result/index.ts";
import { describeNobody, firstMend, recognizeStranger } from "../targets/index.ts";
import { Canary } from "./canary.ts";
import type { ConformanceCase, Level } from "./case.ts";
import type { CaseSurroundings } from "./case-context.ts";
import { type CaseList, isListed } from "./case-list.ts";
import { ConnectionCensus } from "./census.ts";
import { type Claims, notClaimed } from "./claims.ts";
import { crashResult } from "./crash-result.ts";
import { explainVariants } from "./explain-variants.ts";
import { CouldNotRun } from "./failure.ts";
import { onlyThese, type SuiteGuard } from "./guard.ts";
import { TargetLiveness } from "./liveness.ts";
import { LoopWatch } from "./loop-watch.ts";
import { lackOf } from "./needs.ts";
import type { Recording } from "./recording.ts";
import { blankResult, type CaseJudgement, runCase } from "./run-case.ts";
import { runAgain } from "./second-round.ts";
import { SharedRestart } from "./shared-restart.ts";
import { isBadEnd, madeVoid, SicknessWatch } from "./sickness-watch.ts";
import { judgeRun, summarize } from "./verdict.ts";
import { recognizeWebSocket } from "./websocket-stranger.ts";

/** What happens during a run, for whoever shows it. */
export interface SuiteProgress {
  /** Before the first case: what is being made ready, in words. */
  onNote?(note: string): void;
  onStart?(one: ConformanceCase): void;
  /** A case has its result. It may be told again with another, when the case was run once more. */
  onEnd?(result: CaseResult): void;
  /** What the connections of a case did; only of cases whose trace is kept. */
  onRecording?(caseId: string, recording: Recording): void;
}

/** How a suite is run. */
export interface SuiteOptions {
  readonly cases: readonly ConformanceCase[];
  readonly around: CaseSurroundings;
  readonly claims: Claims;
  /** Cases at a time. Cases about timers run beside them, all at once; with 1 nothing runs beside a case. */
  readonly jobs: number;
  readonly failLevel: Level;
  readonly knownFailing: CaseList;
  readonly knownFlaky: CaseList;
  readonly allowIncomplete: boolean;
  readonly keepAllTraces: boolean;
  /** Tells a sick target from broken rules. Without it the run goes on whatever the target does. */
  readonly guard?: SuiteGuard | undefined;
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
  /** Why the run was given up, when it was: what was not judged until then is not known. */
  readonly givenUp: string | undefined;
}

/**
 * Runs cases against a target: in parallel where they allow it, those that disturb others last.
 * @throws CuppingError `target` when something else than a server of this protocol listens there
 */
export async function runSuite(options: SuiteOptions): Promise<SuiteResult> {
  const run = new SuiteRun(options);
  return await run.run();
}

/** Cases that share one restart of the target. */
const RESTARTING_AT_ONCE = 40;
/** Accounts that cases take on average: so many are registered in front of a run. */
const ACCOUNTS_PER_CASE = 2.5;
/** Longest wait for each answer of a stranger, in milliseconds. */
const STRANGER_PATIENCE_MS = 1_500;
/** Logins that are tried at the same time where the first was not served: several servers may share an address. */
const LOGINS_TRIED = 4;
/** So many packets of no command, before anybody has sent one of the kind, are no extension of the protocol. */
const FLOOD = 20;
const NOTHING = "nothing is pushed to whoever logs in";
/** A delay of the suite itself behind which it blames no target for what was late, in milliseconds. */
const HELD_UP_MS = 1_000;
/** How often a target that the harness has started is started again after it died. */
const MOST_REVIVALS = 10;

class SuiteRun {
  readonly #options: SuiteOptions;
  readonly #around: CaseSurroundings;
  readonly #watch = new LoopWatch();
  readonly #target: TargetLiveness;
  readonly #results = new Map<string, CaseResult>();
  readonly #running = new Set<string>();
  /** How often each case has run. */
  readonly #runs = new Map<string, number>();
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #census: ConnectionCensus;
  readonly #canary: Canary;
  #sickness: SicknessWatch | undefined;
  #lastFinished: string | undefined;
  /** What is wrong with the target as a whole. */
  #blame: string | undefined;
  /** Why the rest of the run is given up. */
  #end: string | undefined;
  /** The case of which the target has died for good. */
  #guilty: string | undefined;
  /** What comes to everybody unasked, in words. */
  #flood: string | undefined;
  #revivals = 0;
  #reviving: Promise<boolean> | undefined;

  constructor(options: SuiteOptions) {
    this.#options = options;
    this.#target = new TargetLiveness(options.around.address);
    this.#census = new ConnectionCensus(options.around.timers, this.#watch);
    const { control } = options.around;
    const restarts = control && new SharedRestart(() => control.restart());
    this.#around = { ...options.around, restarts, ...(options.guard && { census: this.#census }) };
    this.#canary = new Canary(this.#around);
    this.#signal = AbortSignal.any([options.signal, this.#stop.signal]);
  }

  async run(): Promise<SuiteResult> {
    const { cases, signal } = this.#options;
    try {
      const runnable = cases.filter((one) => !this.#excuse(one));
      await this.#begin(runnable);
      await this.#runAll(runnable.filter((one) => !this.#results.has(one.id)));
      if (!this.#signal.aborted) this.#sickness?.tellSilence();
      await this.#runDisturbedAgain();
    } finally {
      this.#sickness?.stop();
      this.#watch.stop();
    }
    explainVariants(cases, this.#results);

    const results = cases.map((one) => this.#results.get(one.id) as CaseResult);
    const stale = results.filter((one) => one.status === "passed" && isListed(this.#options.knownFailing, one.id));
    const summary = summarize(results);
    const unknown = results.filter((one) => one.status === "couldNotRun" && one.listed !== true);
    const judged = judgeRun(summary, {
      unknown: this.#end === undefined ? unknown : unknown.map(({ id }) => ({ id })),
      capabilityOf: this.#options.guard?.capabilityOf,
      stale: stale.map((one) => one.id),
      death: this.#blame,
      obstacle: this.#blame === this.#end ? undefined : this.#end,
      interrupted: signal.aborted,
      allowIncomplete: this.#options.allowIncomplete,
    });
    return { cases: results, summary, ...judged, interrupted: signal.aborted, givenUp: this.#end };
  }

  async #runAll(runnable: readonly ConformanceCase[]): Promise<void> {
    const { jobs } = this.#options;
    const alone = runnable.filter((one) => one.alone);
    const restarting = runnable.filter((one) => one.needs.includes("restart") && !one.alone);
    const free = runnable.filter((one) => !one.alone && !restarting.includes(one));
    const timers = free.filter((one) => one.waits || one.isLong);
    const others = free.filter((one) => !one.waits && !one.isLong);
    if (jobs === 1) await inParallel(free, 1, this.#one);
    else await Promise.all([this.#runTimers(timers), inParallel(others, jobs, this.#one)]);
    await inParallel(alone, 1, this.#one);
    await inParallel(restarting, jobs === 1 ? 1 : RESTARTING_AT_ONCE, this.#one);
  }

  /** All at once, but for those that would make each other late. */
  async #runTimers(timers: readonly ConformanceCase[]): Promise<void> {
    const queues = Map.groupBy(timers, (one) => (one.inTurn ? one.rule.id : one.id));
    await Promise.all([...queues.values()].map((queue) => inParallel(queue, 1, this.#one)));
  }

  /** Makes sure that the target serves anybody at all, and registers accounts, one after another. */
  async #begin(runnable: readonly ConformanceCase[]): Promise<void> {
    const { guard, signal, jobs } = this.#options;
    if (!guard || runnable.length === 0 || signal.aborted) return;
    const refusal = await this.#canary.introduce();
    if (refusal?.service === "register" || refusal?.service === "log in") {
      await this.#stopAtOnce(guard, runnable, refusal.service, refusal.why);
      return;
    }
    const patienceMs = STRANGER_PATIENCE_MS * this.#around.timeoutScale;
    const overWebSocket = await recognizeWebSocket(this.#around, runnable, guard.packets, patienceMs);
    for (const result of overWebSocket?.results ?? []) this.#settle(result);
    this.#blame = overWebSocket?.sentence;
    this.#lookForFlood(guard, runnable);
    this.#sickness = new SicknessWatch({
      canary: this.#canary,
      census: this.#census,
      settle: (result) => this.#settle(result),
      giveUp: (reason) => this.#giveUp(reason, true),
      blame: (reason) => {
        this.#blame ??= reason;
      },
      isHeldUp: (since) => this.#watch.longestSince(since) >= HELD_UP_MS,
      timers: this.#around.timers,
      hasWitness: jobs > 1 && !this.#canary.isFew,
    });
    await inParallel(
      runnable.filter((one) => one.first && !this.#results.has(one.id)),
      1,
      this.#one,
    );
    await this.#registerAhead(Math.ceil(runnable.length * ACCOUNTS_PER_CASE));
  }

  /** One that sends packets of no command to whoever logs in breaks no other rule by that. */
  #lookForFlood({ quiet }: SuiteGuard, runnable: readonly ConformanceCase[]): void {
    const count = this.#canary.strangePackets;
    if (count < FLOOD) return;
    this.#flood = `the target floods whoever logs in with packets that no command has: ${count} came to two users within a moment; first mend ${quiet.id}`;
    this.#blame ??= this.#flood;
    const one = runnable.find(({ rule }) => rule.id === quiet.id);
    if (one) this.#settle({ ...blankResult(one, "failed", this.#flood), expected: NOTHING, actual: this.#flood });
  }

  async #registerAhead(count: number): Promise<void> {
    const { signal, progress } = this.#options;
    const { accounts } = this.#around;
    if (!accounts.prepare || this.#end !== undefined) return;
    progress.onNote?.(`registering ${count} accounts, one after another`);
    try {
      await accounts.prepare(count, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!isCuppingError(error, "target")) throw error;
      const refusal = await this.#canary.ask();
      if (refusal === undefined) return;
      const [what, then] =
        refusal.service === "register"
          ? ["registering anybody, and still logs in who is registered", "look at its HTTP API"]
          : ["serving anybody", "start it again"];
      const when = "while accounts were registered, one after another and with nothing beside it";
      this.#giveUp(`${when}, the target stopped ${what}: ${error.message}; ${then}`, true);
    }
  }

  /** A target that logs nobody in: says what it is, runs the cases that say most about that, and no others. */
  async #stopAtOnce(
    guard: SuiteGuard,
    runnable: readonly ConformanceCase[],
    service: "register" | "log in",
    why: string,
  ): Promise<void> {
    const { address, accounts, timeoutScale } = this.#around;
    const served = service === "log in" ? await this.#canary.loginsServed(LOGINS_TRIED) : 0;
    if (served > 0) {
      const share = `${served} of ${LOGINS_TRIED} logins with one account were served`;
      this.#giveUp(`${share}, and others not: ${why}; is one of several servers behind this address sick?`, true);
      return;
    }
    const stranger =
      service === "log in" ? await recognizeStranger(address, STRANGER_PATIENCE_MS * timeoutScale) : undefined;
    if (stranger?.kind === "elsewhere" || stranger?.kind === "closes") {
      throw new CuppingError("target", stranger.sentence);
    }
    const rule = guard.firstMend[stranger?.kind === "little-endian" ? "header" : service];
    const nobody =
      service === "register" ? `nobody can be registered: ${why}` : describeNobody(why, accounts.registers);
    const what = stranger?.sentence ?? nobody;
    for (const one of runnable.filter((each) => each.rule.id === rule)) {
      await this.#one(one);
      const result = this.#results.get(one.id);
      // The case itself has never come as far as what the suite has seen already.
      if (stranger?.kind === "little-endian" && result) this.#settle(headerResult(result, stranger.sentence));
    }
    this.#giveUp(firstMend(what, rule), accounts.registers);
  }

  #giveUp(reason: string, blames: boolean): void {
    if (this.#end !== undefined) return;
    this.#end = reason;
    if (blames) this.#blame ??= reason;
    this.#stop.abort(new CouldNotRun(reason));
    this.#sickness?.void(reason);
  }

  /** Settles a case that cannot or need not run. */
  #excuse(one: ConformanceCase): boolean {
    const unclaimed = notClaimed(one, this.#options.claims);
    if (unclaimed !== undefined) {
      this.#settle(blankResult(one, "notApplicable", unclaimed));
      return true;
    }
    for (const need of one.needs) {
      const lack = lackOf(need, this.#around);
      if (lack === undefined) continue;
      this.#settle(blankResult(one, lack.status, lack.reason));
      return true;
    }
    return false;
  }

  readonly #one = async (one: ConformanceCase): Promise<void> => {
    await this.#sickness?.enter(one);
    if (this.#end !== undefined) {
      if (!this.#results.has(one.id)) this.#settle(blankResult(one, "couldNotRun", this.#end));
      return;
    }
    this.#running.add(one.id);
    const result = await this.#runCase(one);
    if (this.#flood !== undefined && result.status === "failed" && this.#census.strangePackets(one.id) > 0) {
      this.#running.delete(one.id);
      await this.#sickness?.leave(one, madeVoid(result, this.#flood));
      return;
    }
    const settled = this.#options.signal.aborted ? result : await this.#whenTargetDied(one, result);
    this.#running.delete(one.id);
    if (settled !== undefined) this.#settle(settled);
    else if (this.#sickness) await this.#sickness.leave(one, result);
    else this.#settle(result);
  };

  async #runCase(one: ConformanceCase, keepAllTraces: boolean = this.#options.keepAllTraces): Promise<CaseResult> {
    this.#options.progress.onStart?.(one);
    const { failLevel, repeat, progress } = this.#options;
    const keep = (id: string, recording: Recording): void => progress.onRecording?.(id, recording);
    const watch = this.#watch;
    const judgement: CaseJudgement = {
      ...{ failLevel, keepAllTraces, repeat, keep, watch },
      signal: this.#signal,
      givenUp: () => this.#end,
    };
    const restarts = one.needs.includes("restart") && !one.alone ? this.#around.restarts : undefined;
    restarts?.enter();
    // Names that it drew the first time are taken.
    const before = this.#runs.get(one.id) ?? 0;
    this.#runs.set(one.id, before + 1);
    const seed = this.#around.seed + before;
    const result = await runCase(one, { ...this.#around, restarts, seed }, judgement);
    restarts?.leave();
    return result;
  }

  /**
   * A target that is gone fails whatever ran at the time; those cases say nothing about their rules.
   * @returns undefined when the target lives, or lives again
   */
  async #whenTargetDied(one: ConformanceCase, result: CaseResult): Promise<CaseResult | undefined> {
    if (!isBadEnd(result)) return undefined;
    if (this.#end !== undefined) return result.status === "couldNotRun" ? result : madeVoid(result, this.#end);
    if (await this.#isAlive()) return undefined;
    if (this.#end === undefined) {
      const running = [...this.#running];
      this.#guilty = this.#guiltyOf(running);
      const before =
        this.#lastFinished === undefined ? "" : `; the last case that ended before was ${this.#lastFinished}`;
      const again = this.#guilty === undefined ? `; start it again, then ${onlyThese(running)}` : "";
      const died = `the target ${this.#target.describe()} died or stopped taking connections`;
      this.#giveUp(`${died} while ${running.join(", ")} ran${before}${again}`, true);
    }
    const { guard } = this.#options;
    if (guard && this.#guilty === one.id) return crashResult(one, result, guard, "it died while this case alone ran");
    return madeVoid(result, this.#end ?? "");
  }

  /**
   * The only case that ran, lost connections and had sent what a target may die of. One that had sent nothing of the
   * kind is as likely a witness of a server that somebody has ended.
   */
  #guiltyOf(running: readonly string[]): string | undefined {
    const [id, ...others] = running;
    if (id === undefined || others.length > 0 || this.#census.endingsOf(id).length === 0) return undefined;
    return this.#census.hasProvoked(id) || this.#isAboutCrashes(id) ? id : undefined;
  }

  #isAboutCrashes(id: string): boolean {
    const { cases, guard } = this.#options;
    const rule = cases.find((one) => one.id === id)?.rule.id;
    return rule !== undefined && (rule === guard?.crash.id || rule === guard?.crowd.id);
  }

  /** Whether the target takes connections; one that the harness has started is started again. */
  #isAlive(): Promise<boolean> {
    this.#reviving ??= this.#revive().finally(() => {
      this.#reviving = undefined;
    });
    return this.#reviving;
  }

  async #revive(): Promise<boolean> {
    if (await this.#target.isAlive()) return true;
    const { control } = this.#around;
    if (!control || !this.#sickness || ++this.#revivals > MOST_REVIVALS) return false;
    const at = performance.now();
    try {
      await control.crash();
    } catch {
      return false;
    }
    this.#sickness.restarted(at);
    return await this.#target.isAlive();
  }

  async #runDisturbedAgain(): Promise<void> {
    const { guard, jobs, progress } = this.#options;
    const disturbed = (await this.#sickness?.takeDisturbed()) ?? [];
    if (!guard || disturbed.length === 0) return;
    progress.onNote?.(
      `the target ended connections or served nobody for a while: ${disturbed.length} cases that ran then run again, one at a time`,
    );
    await runAgain(disturbed, {
      guard,
      canary: this.#canary,
      census: this.#census,
      run: (one) => this.#runCase(one, true),
      settle: (result) => this.#settle(result),
      isBack: () => this.#isAlive(),
      ended: () => (this.#options.signal.aborted ? "the run was interrupted" : this.#end),
      blame: (reason) => {
        this.#blame ??= reason;
      },
      endedUnasked: this.#sickness?.endedUnasked ?? 0,
      timersAtOnce: jobs === 1 ? 1 : Number.POSITIVE_INFINITY,
    });
  }

  /** What a list names, as a case that it names; a run that was given up says nothing about why a case could not run. */
  #relist(result: CaseResult): CaseResult {
    if (result.status === "couldNotRun" && this.#end === undefined) {
      return isListed(this.#options.knownFailing, result.id) ? { ...result, listed: true } : result;
    }
    if (result.status !== "failed") return result;
    if (isListed(this.#options.knownFailing, result.id)) return { ...result, status: "knownFailing" };
    if (isListed(this.#options.knownFlaky, result.id)) return { ...result, status: "flaky" };
    return result;
  }

  #settle(result: CaseResult): void {
    const listed = this.#relist(result);
    this.#results.set(result.id, listed);
    if (result.durationMs > 0) this.#lastFinished = result.id;
    this.#options.progress.onEnd?.(listed);
  }
}

function headerResult(result: CaseResult, sentence: string): CaseResult {
  const expected = "every field of the header is big-endian";
  return { ...result, status: "failed", reason: sentence, expected, actual: sentence };
}

async function inParallel<T>(items: readonly T[], jobs: number, act: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const work = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: Math.min(jobs, queue.length) }, work));
}
