import type { CaseResult } from "../result/index.ts";
import { isListed } from "./case-list.ts";
import { explainVariants } from "./explain-variants.ts";
import { CouldNotRun } from "./failure.ts";
import type { SuiteOptions, SuiteResult } from "./suite.ts";
import { judgeRun, summarize } from "./verdict.ts";

/** What a run has come to so far: the results of its cases, what is wrong with its target, and why it is given up. */
export class SuiteLedger {
  /** Raised when the run is interrupted or given up. */
  readonly signal: AbortSignal;
  readonly #options: SuiteOptions;
  readonly #results = new Map<string, CaseResult>();
  readonly #stop = new AbortController();
  #lastFinished: string | undefined;
  #blame: string | undefined;
  #end: string | undefined;

  constructor(options: SuiteOptions) {
    this.#options = options;
    this.signal = AbortSignal.any([options.signal, this.#stop.signal]);
  }

  /** The case that ended last. */
  get lastFinished(): string | undefined {
    return this.#lastFinished;
  }

  /** Why the rest of the run is given up. */
  get end(): string | undefined {
    return this.#end;
  }

  result(id: string): CaseResult | undefined {
    return this.#results.get(id);
  }

  /** Takes what a case came to, in the place of what it came to before. */
  settle(result: CaseResult): void {
    const listed = this.#relist(result);
    this.#results.set(result.id, listed);
    if (result.durationMs > 0) this.#lastFinished = result.id;
    this.#options.progress.onEnd?.(listed);
    if (this.#options.bail && listed.status === "failed")
      this.giveUp(`ended at the first failure, ${result.id}`, false);
  }

  /** Something is wrong with the target as a whole; what was found first counts. */
  blame(reason: string): void {
    this.#blame ??= reason;
  }

  /**
   * Gives up the rest of the run, and whatever is under way.
   * @param blames whether the target is to blame for it
   * @returns false when it has been given up before
   */
  giveUp(reason: string, blames: boolean): boolean {
    if (this.#end !== undefined) return false;
    this.#end = reason;
    if (blames) this.blame(reason);
    this.#stop.abort(new CouldNotRun(reason));
    return true;
  }

  /**
   * The verdict on the target, once every case has a result.
   * @param wasAnswered whether a command was ever answered in this run: then the target does not lack it
   */
  judge(wasAnswered: (command: string) => boolean): SuiteResult {
    const { cases, signal, knownFailing, guard, allowIncomplete } = this.#options;
    explainVariants(cases, this.#results);
    const results = cases.map((one) => this.#results.get(one.id) as CaseResult);
    const stale = results.filter((one) => one.status === "passed" && isListed(knownFailing, one.id));
    const summary = summarize(results);
    const unknown = results.filter((one) => one.status === "couldNotRun" && one.listed !== true);
    const judged = judgeRun(summary, {
      unknown: this.#end === undefined ? unknown : unknown.map(({ id }) => ({ id })),
      capabilityOf: (command) => (wasAnswered(command) ? undefined : guard?.capabilityOf?.(command)),
      stale: stale.map((one) => one.id),
      death: this.#blame,
      obstacle: this.#blame === this.#end ? undefined : this.#end,
      interrupted: signal.aborted,
      allowIncomplete,
    });
    return { cases: results, summary, ...judged, interrupted: signal.aborted, givenUp: this.#end };
  }

  /** What a list names, as a case that it names; a run that was given up says nothing about why a case could not run. */
  #relist(result: CaseResult): CaseResult {
    const { knownFailing, knownFlaky } = this.#options;
    if (result.status === "couldNotRun" && this.#end === undefined) {
      return isListed(knownFailing, result.id) ? { ...result, listed: true } : result;
    }
    if (result.status !== "failed") return result;
    if (isListed(knownFailing, result.id)) return { ...result, status: "knownFailing" };
    if (isListed(knownFlaky, result.id)) return { ...result, status: "flaky" };
    return result;
  }
}
