import type { CaseResult } from "../result/index.ts";
import type { Canary } from "./canary.ts";
import type { ConformanceCase } from "./case.ts";
import type { ConnectionCensus } from "./census.ts";
import { onlyThese, type SuiteGuard, whatRan } from "./guard.ts";
import type { SuiteLedger } from "./ledger.ts";
import { blankResult } from "./run-case.ts";
import { isBadEnd } from "./sickness-watch.ts";

/** So many packets that nobody asked for are no extension of the protocol, and no message that is sent again. */
export const FLOOD = 20;
/** How long somebody listens for them, in milliseconds. */
const LISTEN_MS = 1_000;
/** A target that sends a stray packet now and then is not listened to more often than this. */
const MOST_LOOKS = 5;
/** So many cases whose connections brought more than they could read, and there is no use in more. */
const MOST_DROWNED = 5;
const FLOODS = "the target floods everybody with packets that nobody asked for";
const NOTHING = "nothing is pushed to whoever logs in";

/** What the watch needs of its run. */
export interface Flooded {
  readonly guard: SuiteGuard;
  readonly canary: Canary;
  readonly census: ConnectionCensus;
  readonly ledger: SuiteLedger;
  readonly runnable: readonly ConformanceCase[];
  /** Gives up the rest of the run. */
  giveUp(reason: string): void;
  /** The cases that ran at a time of `performance.now()`. */
  suspectsAt(at: number): readonly string[];
}

/**
 * Looks for a target that sends everybody packets that nobody asked for, those of no command or the same push again and
 * again. It breaks one rule by that, and no other: what such packets came to says nothing.
 */
export class FloodWatch {
  readonly #run: Flooded;
  /** What is wrong with the target, once it was found. */
  #flood: string | undefined;
  #decision: CaseResult | undefined;
  #looks = 0;
  #drowned = 0;
  #looking: Promise<void> | undefined;

  constructor(run: Flooded) {
    this.#run = run;
  }

  /** Judges what came to the canary before the first case. */
  begin(): void {
    const { unasked } = this.#run.canary;
    if (unasked < FLOOD) return;
    this.#found(
      `the target floods whoever logs in with packets that nobody asked for: ${unasked} came to two users within a moment; first mend ${this.#run.guard.quiet.id}`,
    );
  }

  /** What the flood has decided about a case, which needs no run of its own any more. */
  decision(id: string): CaseResult | undefined {
    return this.#decision?.id === id ? this.#decision : undefined;
  }

  /** Why a case says nothing, when it may be the flood that it came to what it did. */
  async explains(result: CaseResult): Promise<string | undefined> {
    const { census, ledger } = this.#run;
    const at = isBadEnd(result) ? census.unaskedAt(result.id) : undefined;
    if (at === undefined || ledger.end !== undefined) return undefined;
    if (this.#flood === undefined) await this.#look(result.id, at);
    if (this.#flood !== undefined && census.isFlooded(result.id) && ++this.#drowned === MOST_DROWNED)
      this.#run.giveUp(this.#flood);
    return this.#flood === undefined ? undefined : FLOODS;
  }

  /** Behind the last case: cases that look for packets of their own pass beside a flood, and nobody has looked yet. */
  async end(): Promise<void> {
    const { census, ledger, runnable } = this.#run;
    if (this.#flood !== undefined || ledger.end !== undefined) return;
    for (const { id } of runnable) {
      const at = census.unaskedAt(id);
      if (at !== undefined) return await this.#look(id, at);
    }
  }

  /** Callers at the same time share one look. */
  #look(id: string, at: number): Promise<void> {
    this.#looking ??= this.#listen(id, at).finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #listen(id: string, at: number): Promise<void> {
    const { canary, suspectsAt } = this.#run;
    if (++this.#looks > MOST_LOOKS) return;
    const count = await canary.listen(FLOOD, LISTEN_MS);
    if (count < FLOOD) return;
    const ran = suspectsAt(at);
    this.#found(
      `since ${id} ${FLOODS}: ${count} came to a user who only listened, within a moment; ${whatRan(ran)}; start it again, then ${onlyThese(ran)}`,
    );
  }

  #found(what: string): void {
    const { guard, ledger, runnable } = this.#run;
    this.#flood = what;
    ledger.blame(what);
    const one = runnable.find(({ rule }) => rule.id === guard.quiet.id);
    if (!one) return;
    this.#decision = { ...blankResult(one, "failed", what), expected: NOTHING, actual: what };
    ledger.settle(this.#decision);
  }
}
