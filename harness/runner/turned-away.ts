import type { Canary } from "./canary.ts";
import type { ConformanceCase } from "./case.ts";
import type { ConnectionCensus } from "./census.ts";
import type { SuiteLedger } from "./ledger.ts";
import { type Disturbed, isBadEnd, madeVoid } from "./sickness-watch.ts";

/** Cases whose connections were turned away: as many are not by their own doing. */
const LEAST_CASES = 2;
/** Connections that are opened to count those that are kept: more than any limit that a suite would not live with anyway. */
const MOST_OPENED = 64;
/** How long behind the last of them one may be closed that is turned away, in milliseconds. */
const CLOSED_WITHIN_MS = 1_000;

/** What the look at connections that were turned away needs of its run. */
export interface TurnedAwayRun {
  readonly canary: Canary;
  readonly census: ConnectionCensus;
  readonly ledger: SuiteLedger;
  readonly runnable: readonly ConformanceCase[];
  /** When a case began to run for the last time, in `performance.now()`. */
  begunAt(id: string): number;
}

/**
 * Behind the last case: whether the target takes only so many connections at a time, which is no fault. What met the limit
 * runs again by itself, and says nothing where it meets it even then.
 */
export class TurnedAway {
  readonly #run: TurnedAwayRun;
  #sentence: string | undefined;

  constructor(run: TurnedAwayRun) {
    this.#run = run;
  }

  /** The limit in words; undefined when there is none. */
  get sentence(): string | undefined {
    return this.#sentence;
  }

  /** Counts the connections that are kept, where cases have lost some as soon as they came. */
  async look(): Promise<void> {
    const { canary, census } = this.#run;
    if (this.#met().length < LEAST_CASES) return;
    const kept = await canary.connectionsKept(MOST_OPENED, CLOSED_WITHIN_MS);
    if (kept === MOST_OPENED) return;
    // Those who listen beside the cases have connections, too.
    const others = census.lives().filter(({ isOpen, answers }) => isOpen && answers > 0).length;
    this.#sentence = `the target takes ${kept + others} connections at a time from one address, and closes further ones at once; raise that limit for this run, or give --jobs 1`;
  }

  /** The cases that met the limit. */
  disturbed(): Disturbed[] {
    if (this.#sentence === undefined) return [];
    return this.#met().map(({ one, first }) => ({ one, first, isVoid: true, wasRefused: true }));
  }

  /** Behind the second round: what has met the limit by itself says nothing. */
  settle(): void {
    const lack = this.#sentence;
    if (lack === undefined) return;
    for (const { first } of this.#met()) this.#run.ledger.settle({ ...madeVoid(first, lack), lack });
  }

  #met(): Pick<Disturbed, "one" | "first">[] {
    const { census, ledger, runnable, begunAt } = this.#run;
    const turnedAway = census.lives().filter((life) => life.isTurnedAway);
    return runnable.flatMap((one) => {
      const first = ledger.result(one.id);
      const hasMet = turnedAway.some(({ owner, openedAt }) => owner === one.id && openedAt >= begunAt(one.id));
      return first && hasMet && isBadEnd(first) ? [{ one, first }] : [];
    });
  }
}
