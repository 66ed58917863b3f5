import type { CaseResult } from "../result/index.ts";
import type { Canary } from "./canary.ts";
import type { ConformanceCase } from "./case.ts";
import type { ConnectionCensus } from "./census.ts";
import { crashResult } from "./crash-result.ts";
import { CouldNotRun } from "./failure.ts";
import { onlyThese, type SuiteGuard } from "./guard.ts";
import { type Disturbed, isBadEnd, madeVoid } from "./sickness-watch.ts";

/** How long behind the end of a case its input may take to end the target, in milliseconds. */
const AFTERMATH_MS = 250;
/** How long behind a connection of the case that of the witness may end, in milliseconds. */
const AT_ONCE_MS = 1_000;
/** How often a case about many at the same time is tried: a race does not show each time. */
const TRIES = 3;

const SEEN_ALONE =
  "every connection was ended within a second, that of a user beside the case included: it crashed or restarted";

/** What the second round needs of its run. */
export interface SecondRound {
  readonly guard: SuiteGuard;
  readonly canary: Canary;
  readonly census: ConnectionCensus;
  /** Runs a case once more, and keeps its frames whatever it comes to. */
  run(one: ConformanceCase): Promise<CaseResult>;
  settle(result: CaseResult): void;
  /** Waits until the target takes connections again. @returns false when it does not */
  isBack(): Promise<boolean>;
  /** Whether the rest of the run has been given up, and why. */
  ended(): string | undefined;
  /** Something is wrong with the target that no case is guilty of. */
  blame(reason: string): void;
  /** Cases about timers at a time. */
  readonly timersAtOnce: number;
}

/**
 * Runs the cases again that ran while the target restarted: one at a time, beside a witness that only listens. The one
 * that ends the witness, too, is guilty; what the others come to counts.
 */
export async function runAgain(disturbed: readonly Disturbed[], round: SecondRound): Promise<void> {
  const timers = disturbed.filter(({ one, isVoid }) => one.waits && isVoid);
  const others = disturbed.filter(({ one }) => !one.waits);
  let guilty = 0;
  for (const one of others) if (await runBesideWitness(one, round)) guilty += 1;
  const suspects = others.filter(({ isVoid }) => isVoid);
  if (guilty === 0 && suspects.length > 0 && !(await repeatCrowds(others, round))) blameNobody(others, round);
  await Promise.all(timers.slice(0, round.timersAtOnce).map((one) => runTimer(one, round)));
  for (const one of timers.slice(round.timersAtOnce)) await runTimer(one, round);
}

async function runTimer({ one, first }: Disturbed, round: SecondRound): Promise<void> {
  const reason = round.ended();
  round.settle(reason === undefined ? await round.run(one) : madeVoid(first, reason));
}

/** @returns whether the target crashed of it */
async function runBesideWitness({ one, first, isVoid }: Disturbed, round: SecondRound): Promise<boolean> {
  const reason = round.ended() ?? ((await round.isBack()) ? undefined : "the target takes no connections any more");
  if (reason !== undefined) {
    round.settle(isVoid ? madeVoid(first, reason) : first);
    return false;
  }
  const over = new AbortController();
  const witness = await round.canary.witness(over.signal);
  const result = await round.run(one);
  const lost = round.census.endingsOf(one.id).length > 0;
  const closing = await witness?.closed(isBadEnd(result) && lost ? AT_ONCE_MS : AFTERMATH_MS);
  over.abort(new CouldNotRun("the case is over"));
  witness?.release();
  const isCrash = closing !== undefined && closing.reason.how !== "local";
  if (isCrash) round.settle(crashResult(one, result, round.guard, SEEN_ALONE));
  else if (isVoid) round.settle(result);
  else if (isBadEnd(first)) round.settle(first);
  return isCrash;
}

/** Tries those again that need luck. */
async function repeatCrowds(others: readonly Disturbed[], round: SecondRound): Promise<boolean> {
  const crowds = others.filter(({ one }) => one.rule.id === round.guard.crowd.id);
  for (let attempt = 2; attempt <= TRIES; attempt++) {
    for (const { one, first } of crowds) {
      if (await runBesideWitness({ one, first, isVoid: false }, round)) return true;
    }
  }
  return false;
}

/** Nobody alone makes it happen: then it takes several, which is what the rule about crowds forbids. */
function blameNobody(others: readonly Disturbed[], round: SecondRound): void {
  const ids = others.map(({ one }) => one.id);
  const what = `the target ended every connection within a second, as it does when it crashes or restarts, while ${ids.join(", ")} ran`;
  for (const { one, first } of others) {
    if (one.rule.id === round.guard.crowd.id)
      round.settle(crashResult(one, first, round.guard, `${what}; alone it does not happen`));
  }
  round.blame(`${what}; none of them makes it happen alone: look at its log, or try ${onlyThese(ids)}`);
}
