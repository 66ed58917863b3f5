import type { CaseResult } from "../result/index.ts";
import { TOKENS_IN_DOUBT } from "../targets/index.ts";
import { Canary } from "./canary.ts";
import type { ConformanceCase } from "./case.ts";
import type { CaseSurroundings } from "./case-context.ts";
import { ConnectionCensus } from "./census.ts";
import { notClaimed } from "./claims.ts";
import { crashResult } from "./crash-result.ts";
import { CrowdWatch } from "./crowd-watch.ts";
import { FloodWatch } from "./flood-watch.ts";
import { onlyThese, type SuiteGuard, someOf } from "./guard.ts";
import { LackWatch } from "./lack-watch.ts";
import { LateAnswers } from "./late-answers.ts";
import { SuiteLedger } from "./ledger.ts";
import { TargetLiveness } from "./liveness.ts";
import { LoopWatch } from "./loop-watch.ts";
import { MixedAnswers } from "./mixed-answers.ts";
import { lackOf, NO_TOKENS } from "./needs.ts";
import type { Recording } from "./recording.ts";
import { registerAhead } from "./register-ahead.ts";
import { Revival } from "./revival.ts";
import { blankResult, type CaseJudgement, runCase } from "./run-case.ts";
import { inParallel, isBesideOthers, runInOrder } from "./schedule.ts";
import { runAgain } from "./second-round.ts";
import { SharedRestart } from "./shared-restart.ts";
import { type Disturbed, isBadEnd, madeVoid, SicknessWatch } from "./sickness-watch.ts";
import { passesSmokeTest } from "./smoke-test.ts";
import type { SuiteOptions, SuiteResult } from "./suite.ts";
import { TurnedAway } from "./turned-away.ts";
import { UnaskedEnds } from "./unasked-ends.ts";
import { UnreadableBytes } from "./unreadable-bytes.ts";

/**
 * Runs cases against a target: in parallel where they allow it, those that disturb others last.
 * @throws CuppingError `target` when something else than a server of this protocol listens there
 */
export async function runSuite(options: SuiteOptions): Promise<SuiteResult> {
  const run = new SuiteRun(options);
  return await run.run();
}

/** Accounts that cases take on average: so many are registered in front of a run. */
const ACCOUNTS_PER_CASE = 2.5;
/** A delay of the suite itself behind which it blames no target for what was late, in milliseconds. */
const HELD_UP_MS = 1_000;
/** From so many cases on a run is about the target as a whole, and may wait for those who only listen. */
const WHOLE_CASES = 100;

class SuiteRun {
  readonly #options: SuiteOptions;
  readonly #around: CaseSurroundings;
  readonly #ledger: SuiteLedger;
  readonly #watch = new LoopWatch();
  readonly #crowd = new CrowdWatch();
  readonly #target: TargetLiveness;
  readonly #revival: Revival;
  readonly #running = new Set<string>();
  /** How often each case has run. */
  readonly #runs = new Map<string, number>();
  /** When each case began to run for the last time, in `performance.now()`. */
  readonly #begunAt = new Map<string, number>();
  readonly #census: ConnectionCensus;
  readonly #canary: Canary;
  readonly #lacks: LackWatch | undefined;
  #flood: FloodWatch | undefined;
  #mixed: MixedAnswers | undefined;
  #late: LateAnswers | undefined;
  #unreadable: UnreadableBytes | undefined;
  #sickness: SicknessWatch | undefined;
  /** The case of which the target has died for good. */
  #guilty: string | undefined;

  constructor(options: SuiteOptions) {
    this.#options = options;
    this.#ledger = new SuiteLedger(options);
    this.#target = new TargetLiveness(options.around.address, options.signal);
    this.#census = new ConnectionCensus(options.around.timers, this.#watch);
    const { control } = options.around;
    if (options.skipsLacking && options.guard) this.#lacks = new LackWatch(options.guard, this.#census);
    this.#revival = new Revival(this.#target, control, () => this.#sickness);
    const restarts = control && new SharedRestart(() => control.restart());
    this.#around = { ...options.around, restarts, ...(options.guard && { census: this.#census }) };
    this.#canary = new Canary(this.#around, options.signal);
  }

  async run(): Promise<SuiteResult> {
    const { cases, jobs } = this.#options;
    try {
      const runnable = cases.filter((one) => !this.#excuse(one));
      this.#tellWithoutTokens();
      await this.#begin(runnable);
      const left = runnable.filter((one) => !this.#ledger.result(one.id));
      await runInOrder(left, jobs, this.#one, () => this.#register(left.length));
      if (!this.#ledger.signal.aborted) {
        await this.#flood?.end();
        this.#sickness?.tellSilence();
      }
      await this.#lookBack(runnable);
    } finally {
      this.#sickness?.stop();
      this.#watch.stop();
      this.#crowd.stop();
    }
    return this.#ledger.judge((command) => this.#census.wasAnswered(command));
  }

  /** Whether users may listen beside the cases: with one job nothing is beside them, and a list has no account to spare. */
  get #hasWitness(): boolean {
    return this.#options.jobs > 1 && !this.#canary.isFew;
  }

  /** What comes before the cases: the smoke test, those cases that come first, and the accounts of the others. */
  async #begin(runnable: readonly ConformanceCase[]): Promise<void> {
    const { guard, signal } = this.#options;
    const ledger = this.#ledger;
    const [around, canary, census] = [this.#around, this.#canary, this.#census];
    if (!guard || runnable.length === 0 || signal.aborted) return;
    if (!(await passesSmokeTest(runnable, { guard, around, canary, ledger, signal, run: this.#one }))) return;
    this.#unreadable = new UnreadableBytes({ guard, census, ledger, runnable });
    this.#mixed = new MixedAnswers({ guard, canary, census, ledger, runnable });
    this.#late = new LateAnswers({ guard, census, ledger, runnable });
    const sickness = new SicknessWatch({
      canary,
      census,
      settle: (result) => ledger.settle(result),
      giveUp: (reason) => this.#giveUp(reason),
      blame: (reason) => ledger.blame(reason),
      isHeldUp: (since) => this.#watch.longestSince(since) >= HELD_UP_MS,
      timers: around.timers,
      hasWitness: this.#hasWitness,
      interrupt: signal,
    });
    this.#sickness = sickness;
    await sickness.ready();
    this.#flood = new FloodWatch({
      ...{ guard, canary, census, ledger, runnable },
      giveUp: (reason) => this.#giveUp(reason),
      suspectsAt: (at) => sickness.suspectsAt(at),
    });
    this.#flood.begin();
    const first = runnable.filter((one) => one.first && !ledger.result(one.id));
    await inParallel(first, 1, this.#one);
    const besideOthers = runnable.filter((one) => isBesideOthers(one) && !ledger.result(one.id));
    await this.#register(besideOthers.length);
  }

  /** Registers the accounts of so many cases before they begin. */
  async #register(cases: number): Promise<void> {
    const { guard, signal, progress } = this.#options;
    const ledger = this.#ledger;
    if (!guard || cases === 0 || signal.aborted) return;
    const count = Math.ceil(cases * ACCOUNTS_PER_CASE);
    const { accounts } = this.#around;
    await registerAhead(count, { accounts, canary: this.#canary, ledger, progress, signal });
    if (ledger.end !== undefined) this.#sickness?.void(ledger.end);
  }

  /** The target is to blame that nothing more can be judged. */
  #giveUp(reason: string): void {
    if (this.#ledger.giveUp(reason, true)) this.#sickness?.void(reason);
  }

  /** What was left out for want of an option is said: whoever reads "none failed" does not look for it. */
  #tellWithoutTokens(): void {
    const { cases, progress } = this.#options;
    const count = cases.filter(({ id }) => this.#ledger.result(id)?.reason === NO_TOKENS).length;
    if (count > 0) progress.onNote?.(`${count} case${count === 1 ? "" : "s"} left out: ${NO_TOKENS}`);
  }

  /** Settles a case that cannot or need not run. */
  #excuse(one: ConformanceCase): boolean {
    const unclaimed = notClaimed(one, this.#options.claims, this.#around.limits);
    if (unclaimed !== undefined) {
      this.#ledger.settle(blankResult(one, "notApplicable", unclaimed));
      return true;
    }
    for (const need of one.needs) {
      const lack = lackOf(need, this.#around, this.#options.demanded);
      if (lack === undefined) continue;
      this.#ledger.settle(blankResult(one, lack.status, lack.reason));
      return true;
    }
    return false;
  }

  readonly #one = async (one: ConformanceCase): Promise<void> => {
    if (this.#flood?.decision(one.id)) return;
    const foregone = this.#lacks?.foregone(one);
    if (foregone) {
      this.#ledger.settle(foregone);
      return;
    }
    await this.#sickness?.enter(one);
    if (this.#ledger.end !== undefined) {
      if (!this.#ledger.result(one.id)) this.#ledger.settle(blankResult(one, "couldNotRun", this.#ledger.end));
      return;
    }
    this.#running.add(one.id);
    const result = await this.#runCase(one);
    this.#lacks?.note(one, result);
    const flood = await this.#flood?.explains(result);
    const drowned = this.#flood?.decision(one.id) ?? (flood === undefined ? undefined : madeVoid(result, flood));
    if (drowned) {
      this.#running.delete(one.id);
      await this.#sickness?.leave(one, drowned);
      return;
    }
    const settled = this.#options.signal.aborted ? result : await this.#whenTargetDied(one, result);
    this.#running.delete(one.id);
    if (settled !== undefined) this.#ledger.settle(settled);
    else {
      const judged = this.#excused(one, result);
      if (this.#sickness) await this.#sickness.leave(one, judged);
      else this.#ledger.settle(judged);
    }
  };

  /** What a case came to, when another rule's fault did not bring it about. */
  #excused(one: ConformanceCase, result: CaseResult): CaseResult {
    const late = this.#late?.excused(one, result);
    return this.#unreadable?.excused(one, result) ?? this.#mixed?.excused(one, result) ?? late ?? result;
  }

  async #runCase(one: ConformanceCase, keepAllTraces: boolean = this.#options.keepAllTraces): Promise<CaseResult> {
    this.#options.progress.onStart?.(one);
    const { failLevel, repeat, progress } = this.#options;
    const keep = (id: string, recording: Recording): void => progress.onRecording?.(id, recording);
    const [watch, crowd] = [this.#watch, this.#crowd];
    const judgement: CaseJudgement = {
      ...{ failLevel, keepAllTraces, repeat, keep, watch, crowd },
      signal: this.#ledger.signal,
      givenUp: () => this.#ledger.end,
    };
    const restarts = one.needs.includes("restart") && !one.alone ? this.#around.restarts : undefined;
    restarts?.enter();
    // Names that it drew the first time are taken.
    const before = this.#runs.get(one.id) ?? 0;
    this.#runs.set(one.id, before + 1);
    this.#begunAt.set(one.id, performance.now());
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
    if (this.#ledger.end !== undefined)
      return result.status === "couldNotRun" ? result : madeVoid(result, this.#ledger.end);
    if (await this.#revival.isAlive()) return undefined;
    if (this.#options.signal.aborted) return result;
    if (this.#ledger.end === undefined) {
      const running = [...this.#running];
      this.#guilty = this.#guiltyOf(running);
      const before =
        this.#ledger.lastFinished === undefined
          ? ""
          : `; the last case that ended before was ${this.#ledger.lastFinished}`;
      const again = this.#guilty === undefined ? `; start it again, then ${onlyThese(running)}` : "";
      const died = `the target ${this.#target.describe()} died or stopped taking connections`;
      this.#giveUp(`${died} while ${someOf(running)} ran${before}${again}`);
    }
    const { guard } = this.#options;
    if (guard && this.#guilty === one.id) return crashResult(one, result, guard, "it died while this case alone ran");
    return madeVoid(result, this.#ledger.end ?? "");
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

  /** Behind the last case: what ran while the target was not itself runs again, or is excused. */
  async #lookBack(runnable: readonly ConformanceCase[]): Promise<void> {
    const { guard, signal } = this.#options;
    const sickness = this.#sickness;
    const turnedAway = await this.#lookForTurnedAway(runnable);
    const taken = (await sickness?.takeDisturbed(turnedAway?.sentence !== undefined)) ?? [];
    if (!guard || !sickness) return;
    // Why these lost connections is known.
    const met = turnedAway?.disturbed() ?? [];
    const disturbed = [...taken.filter(({ one }) => met.every((each) => each.one !== one)), ...met];
    const ends = new UnaskedEnds({
      ...{ guard, canary: this.#canary, census: this.#census, ledger: this.#ledger, runnable },
      begunAt: (id) => this.#begunAt.get(id) ?? 0,
      isBack: () => this.#revival.isAlive(),
    });
    const isJudged = (): boolean => !signal.aborted && this.#ledger.end === undefined;
    const isWhole = runnable.length >= WHOLE_CASES;
    if (isJudged() && isWhole) await sickness.haveListened();
    if (isJudged()) await ends.look(isWhole && !this.#hasWitness ? undefined : sickness.endedUnasked);
    const [hopeless, others] = [true, false].map((is) => disturbed.filter(({ one }) => ends.isHopeless(one.id) === is));
    for (const { first } of hopeless ?? []) this.#ledger.settle(first);
    await this.#runAgain(guard, others ?? [], ends.idleLosses);
    if (!isJudged()) return;
    turnedAway?.settle();
    await this.#lookAtTokens(runnable);
    ends.settle();
    this.#mixed?.end();
    this.#late?.end();
    this.#unreadable?.end();
  }

  /** Tokens that somebody has listed may have expired: where cases failed that log in by them, each is tried by itself. */
  async #lookAtTokens(runnable: readonly ConformanceCase[]): Promise<void> {
    const { tokens } = this.#census;
    const hasFailed = runnable.some(
      ({ id, needs }) => needs.includes("tokens") && this.#ledger.result(id)?.status === "failed",
    );
    if (!hasFailed || tokens.length === 0) return;
    const codes: number[] = [];
    for (const account of tokens) {
      const code = await this.#canary.tokenRefusal(account);
      if (code === undefined) return;
      codes.push(code);
    }
    const told = [...new Set(codes)].join(", ");
    this.#ledger.blame(
      `every token that was given to the target is refused (${codes.length} of them, result_code ${told}); ${TOKENS_IN_DOUBT}`,
    );
  }

  /** Whether the target takes no more than so many connections at a time, where some were turned away. */
  async #lookForTurnedAway(runnable: readonly ConformanceCase[]): Promise<TurnedAway | undefined> {
    if (!this.#sickness || this.#options.signal.aborted || this.#ledger.end !== undefined) return undefined;
    const turnedAway = new TurnedAway({
      ...{ canary: this.#canary, census: this.#census, ledger: this.#ledger, runnable },
      begunAt: (id) => this.#begunAt.get(id) ?? 0,
    });
    await turnedAway.look();
    if (turnedAway.sentence !== undefined) this.#options.progress.onNote?.(turnedAway.sentence);
    return turnedAway;
  }

  async #runAgain(guard: SuiteGuard, disturbed: readonly Disturbed[], idleLosses: number | undefined): Promise<void> {
    const { jobs, progress } = this.#options;
    if (disturbed.length === 0) return;
    progress.onNote?.(
      `the target ended connections or served nobody for a while: ${disturbed.length === 1 ? "the case that ran then runs again" : `${disturbed.length} cases that ran then run again, one at a time`}`,
    );
    await runAgain(disturbed, {
      guard,
      canary: this.#canary,
      census: this.#census,
      run: async (one) => {
        return this.#excused(one, await this.#runCase(one, true));
      },
      settle: (result) => this.#ledger.settle(result),
      isBack: () => this.#revival.isAlive(),
      ended: () => (this.#options.signal.aborted ? "the run was interrupted" : this.#ledger.end),
      blame: (reason) => this.#ledger.blame(reason),
      endedUnasked: this.#sickness?.endedUnasked ?? 0,
      restarts: this.#sickness?.restarts ?? [],
      idleLosses,
      timersAtOnce: jobs === 1 ? 1 : Number.POSITIVE_INFINITY,
    });
  }
}
