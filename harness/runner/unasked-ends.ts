import type { Canary } from "./canary.ts";
import type { ConformanceCase } from "./case.ts";
import type { ConnectionCensus, Life } from "./census.ts";
import { failByRule } from "./fail-by-rule.ts";
import { CouldNotRun } from "./failure.ts";
import type { SuiteGuard } from "./guard.ts";
import type { SuiteLedger } from "./ledger.ts";
import { letGo } from "./let-go.ts";
import { isBadEnd, madeVoid } from "./sickness-watch.ts";

/** So many connections that ended alike did not by chance. */
const LEAST_ALIKE = 3;
/** Connections that ended behind fewer answers may have asked for the same, and that ended them. */
const LEAST_ANSWERS = 5;
/** Of all connections that the target ended unasked, those that ended alike are at least this share. */
const SHARE_ALIKE = 0.8;
/** How much later than the first of them connections end that a target ends after a time, in milliseconds. */
const TIMER_SPREAD_MS = 1_000;
/** Connections that end within this time, in milliseconds, may have been ended by one thing. */
const INCIDENT_MS = 100;
/** All connections that end within this time of each other, in milliseconds, were ended by a restart. */
const RESTART_MS = 1_000;
/** What outlives a restart by so long was not ended by it, in milliseconds. */
const OUTLIVES_MS = 500;
/** Users who listen while nothing runs, and for how long, in milliseconds. */
const LISTENERS = 5;
const LEAST_IDLE_MS = 4_000;
const MOST_IDLE_MS = 15_000;
/** How much longer they listen than the oldest connection lived that the target has ended. */
const LONGER = 1.5;

/** A connection as young as this was ended by something that happened, and not after a time, in milliseconds. */
const YOUNG_MS = 500;

/** What the connections that a target ended unasked have in common. */
export interface EndsAlike {
  /** In words, as a sentence about the target begins. */
  readonly sentence: string;
  /** Whether the target ends every connection that comes so far. */
  readonly isEvery: boolean;
  /** Whether a connection that the target ended is one of them. */
  fits(life: Life): boolean;
}

/**
 * What connections that the target ended unasked have in common, when it is told by their number: they ended behind as
 * many answers, and none got more; or after the same time.
 * @param lives how far every connection has come
 */
export function endsAlike(lives: readonly Life[]): EndsAlike | undefined {
  // Each of a restart's connections has come as far as it has: what they have in common is only when they ended.
  return behindAnswers(lives) ?? afterTime(apartFromRestarts(lives));
}

function behindAnswers(lives: readonly Life[]): EndsAlike | undefined {
  const unasked = lives.filter(({ isUnasked }) => isUnasked);
  const most = Math.max(...lives.map(({ answers }) => answers));
  const fits = ({ answers, endedAt }: Life): boolean => endedAt !== undefined && answers === most;
  const count = unasked.filter(fits).length;
  if (most < LEAST_ANSWERS || !isMany(count, unasked.length) || incidentsOf(unasked) < LEAST_ALIKE) return undefined;
  const sentence = `the target ends connections behind ${most} answers: ${count} ended so, and none got more`;
  return { sentence, isEvery: true, fits };
}

function afterTime(lives: readonly Life[]): EndsAlike | undefined {
  const unasked = lives.filter(({ isUnasked }) => isUnasked);
  const ages = unasked.map(({ ageMs }) => ageMs).sort((one, other) => one - other);
  const within = (from: number): number[] => ages.filter((age) => age >= from && age <= from + TIMER_SPREAD_MS);
  const [youngest, count] = ages
    .map((age) => [age, within(age).length] as const)
    .reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0]);
  if (youngest < YOUNG_MS || !isMany(count, unasked.length) || incidentsOf(unasked) < LEAST_ALIKE) return undefined;
  const old = lives.filter(({ ageMs }) => ageMs >= youngest).length;
  const fits = ({ ageMs, endedAt }: Life): boolean =>
    endedAt !== undefined && ageMs >= youngest && ageMs <= youngest + TIMER_SPREAD_MS;
  const seconds = (youngest / 1_000).toFixed(1);
  const sentence = `the target ends connections about ${seconds} s after they were opened: ${count} of the ${old} that grew so old`;
  return { sentence, isEvery: count >= SHARE_ALIKE * old, fits };
}

/** How often something happened that ended connections. */
function incidentsOf(lives: readonly Life[]): number {
  const times = lives.flatMap(({ endedAt }) => endedAt ?? []).sort((one, other) => one - other);
  return times.filter((at, index) => index === 0 || at - (times[index - 1] as number) > INCIDENT_MS).length;
}

function isMany(count: number, all: number): boolean {
  return count >= LEAST_ALIKE && count >= SHARE_ALIKE * all;
}

/** The same without those ends that were a restart of the target: several connections ended, and none outlived that. */
export function apartFromRestarts(lives: readonly Life[]): Life[] {
  const ends = lives.filter(({ endedAt }) => endedAt !== undefined);
  const isRestart = (at: number): boolean => {
    const together = ends.filter(({ endedAt }) => Math.abs((endedAt as number) - at) <= RESTART_MS);
    return together.length > 1 && !lives.some((life) => outlives(life, at));
  };
  return lives.map((life) =>
    life.isUnasked && isRestart(life.endedAt as number) ? { ...life, isUnasked: false } : life,
  );
}

function outlives({ openedAt, ageMs }: Life, at: number): boolean {
  return openedAt < at - 2 * INCIDENT_MS && openedAt + ageMs > at + OUTLIVES_MS;
}

/** How many connections are ended while nothing runs at all, of users who only listen. */
export async function countIdleLosses(canary: Canary, census: ConnectionCensus): Promise<number> {
  const ages = census.lives().flatMap(({ isUnasked, ageMs }) => (isUnasked ? [ageMs] : []));
  const forMs = Math.min(MOST_IDLE_MS, Math.max(LEAST_IDLE_MS, ...ages.map((age) => LONGER * age)));
  const over = new AbortController();
  const peers = await canary.listeners(LISTENERS, over.signal);
  await Promise.all(peers.map((peer) => peer.closed(forMs)));
  const losses = peers.filter((peer) => census.wasEnded(peer)).length;
  over.abort(new CouldNotRun("enough was seen"));
  await letGo(peers);
  return losses;
}

/** What the look at connections that were ended unasked needs of its run. */
export interface UnaskedEndsRun {
  readonly guard: SuiteGuard;
  readonly canary: Canary;
  readonly census: ConnectionCensus;
  readonly ledger: SuiteLedger;
  readonly runnable: readonly ConformanceCase[];
  /** When a case began to run for the last time, in `performance.now()`. */
  begunAt(id: string): number;
  /** Waits until the target takes connections again. @returns false when it does not */
  isBack(): Promise<boolean>;
}

/** Behind the last case: whether the target ends connections by itself, which breaks one rule and no other. */
export class UnaskedEnds {
  readonly #run: UnaskedEndsRun;
  #alike: EndsAlike | undefined;
  #idleLosses: number | undefined;
  #sentence: string | undefined;

  constructor(run: UnaskedEndsRun) {
    this.#run = run;
  }

  /** How many connections were ended while nothing ran; undefined when nobody has looked, and needs to look. */
  get idleLosses(): number | undefined {
    // What is known to end connections needs no other proof.
    return this.#alike === undefined ? this.#idleLosses : Math.max(1, this.#idleLosses ?? 0);
  }

  /**
   * Looks at the connections of the run, and where some were ended, at others while nothing runs.
   * @param ofWitnesses how often the connection of somebody who only listened was ended; undefined where nobody could
   *   listen beside the cases, so that somebody has to behind them
   */
  async look(ofWitnesses: number | undefined): Promise<void> {
    const { canary, census, ledger } = this.#run;
    const count = apartFromRestarts(census.lives()).filter(({ isUnasked }) => isUnasked).length;
    this.#alike = endsAlike(census.lives());
    if (this.#alike === undefined && (ofWitnesses !== 0 || count > 1) && (await this.#run.isBack())) {
      this.#idleLosses = await countIdleLosses(canary, census);
      this.#alike = endsAlike(census.lives());
    }
    if (this.#alike === undefined && !this.#idleLosses) return;
    const sentence =
      this.#alike?.sentence ??
      `the target ends connections unasked, while others stay connected: ${count} in this run, and ${this.#idleLosses} of users who only listened behind it`;
    this.#sentence = sentence;
    ledger.blame(`${sentence}; look at its log, and at what stands in front of it, for what ends them`);
  }

  /** Whether a case needs no second run: it would lose its connections again. */
  isHopeless(id: string): boolean {
    return this.#alike?.isEvery === true && this.#explains(id);
  }

  /** What a case came to that lost its connections says nothing about its rule; one of the broken rule has failed. */
  settle(): void {
    const { guard, ledger, runnable } = this.#run;
    if (this.#sentence === undefined) return;
    for (const { id, rule } of runnable) {
      const result = ledger.result(id);
      if (!result || rule.id === guard.lasting.id || !isBadEnd(result) || !this.#explains(id)) continue;
      ledger.settle({ ...madeVoid(result, this.#sentence), lack: this.#sentence });
    }
    const expected = "the connection of who keeps to the contract stays open";
    failByRule(guard.lasting, { expected, sentence: this.#sentence }, this.#run);
  }

  #explains(id: string): boolean {
    const { census, begunAt } = this.#run;
    const fits = this.#alike?.fits ?? (({ isUnasked }: Life): boolean => isUnasked);
    return census.lives().some((life) => life.owner === id && life.openedAt >= begunAt(id) && fits(life));
  }
}
