import type { CaseResult } from "../result/index.ts";
import type { Canary } from "./canary.ts";
import type { ConformanceCase } from "./case.ts";
import type { ConnectionCensus } from "./census.ts";
import { crashResult } from "./crash-result.ts";
import { CouldNotRun } from "./failure.ts";
import { onlyThese, type SuiteGuard, someOf } from "./guard.ts";
import { letGo } from "./let-go.ts";
import { type Disturbed, isBadEnd, madeVoid } from "./sickness-watch.ts";
import { countIdleLosses } from "./unasked-ends.ts";

/** How long behind the end of a case its input may take to end the target, in milliseconds. */
const AFTERMATH_MS = 250;
/** How long behind a connection of the case that of the witness may end, in milliseconds. */
const AT_ONCE_MS = 1_000;
/** Cases that lost connections and hold by themselves, and losses of the witness: so many are not by chance. */
const MANY = 3;
/** How often a case about many at the same time is tried: a race does not show each time. */
const TRIES = 3;

const SEEN_ALONE =
  "every connection was ended at once, that of a user beside the case included, each time: it crashed or restarted";

const ENDS_IDLE = "the target ends connections unasked, those of this case included";

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
  /** How often the connection of a user who only listened was ended, and those of others were not. */
  readonly endedUnasked: number;
  /** How many connections were ended while nothing ran; undefined when nobody has looked. */
  readonly idleLosses: number | undefined;
  /** For each restart that was seen, the cases that were under way. */
  readonly restarts: readonly (readonly string[])[];
  /** Cases about timers at a time. */
  readonly timersAtOnce: number;
}

/**
 * Runs the cases again that ran while the target restarted: one at a time, beside a witness that only listens. The one
 * that ends the witness, too, is guilty; what the others come to counts.
 */
export async function runAgain(disturbed: readonly Disturbed[], round: SecondRound): Promise<void> {
  const timers = disturbed.filter(({ one, isVoid }) => one.waits && isVoid);
  const lost = disturbed.filter(({ lostOwn }) => lostOwn);
  const refused = disturbed.filter(({ wasRefused }) => wasRefused);
  const others = disturbed.filter((each) => !timers.includes(each) && !each.lostOwn && !each.wasRefused);
  // Asked at most once, and not of a target that nothing else points at.
  let counted = round.idleLosses === undefined ? undefined : Promise.resolve(round.idleLosses);
  const idleLosses: IdleLosses = () => (counted ??= lookForIdleLosses(round));
  const ends: Ends = [...round.restarts];
  let guilty = 0;
  let hasBroken = false;
  for (const one of others) {
    const came = await runBesideWitness(one, { idleLosses, ends }, round);
    if (came === "crashed") guilty += 1;
    else if (came === "broke") hasBroken = true;
  }
  const { idle } = await runLosers(lost, { isExplained: guilty > 0, hasBroken, idleLosses }, round);
  const suspects = others.filter(({ isVoid }) => isVoid);
  // A target that ends connections unasked has ended all that there were when there were few.
  if (guilty === 0 && suspects.length > 0 && idle === 0 && !(await repeatCrowds(others, { idleLosses, ends }, round)))
    blameNobody(others, ends, round);
  for (const one of refused) await runOnce(one, round);
  await together(timers, round, (one) => runOnce(one, round));
}

/** Cases about timers, which may run side by side where the run allows it. */
async function together(
  cases: readonly Disturbed[],
  { timersAtOnce }: SecondRound,
  act: (one: Disturbed) => Promise<void>,
): Promise<void> {
  await Promise.all(cases.slice(0, timersAtOnce).map(act));
  for (const one of cases.slice(timersAtOnce)) await act(one);
}

async function runOnce({ one, first }: Disturbed, round: SecondRound): Promise<void> {
  const reason = round.ended();
  round.settle(reason === undefined ? await round.run(one) : madeVoid(first, reason));
}

async function lookForIdleLosses(round: SecondRound): Promise<number> {
  if (round.ended() !== undefined || !(await round.isBack())) return 0;
  return await countIdleLosses(round.canary, round.census);
}

/** How many connections are ended while nothing runs: a target that does so ends those beside a case as well. */
type IdleLosses = () => Promise<number>;

/** For each time that every connection ended, the cases that were under way. */
type Ends = (readonly string[])[];

/** What is known of the target beside what a case comes to. */
interface Known {
  readonly idleLosses: IdleLosses;
  /** Gets one more for a case beside which everything ended, and did not when it ran again. */
  readonly ends: Ends;
}

/**
 * @param settle takes what it came to, unless the target crashed of it: then that is a failure of the case in any event
 * @returns whether the target crashed of it, or it lost connections again and others did not
 */
async function runBesideWitness(
  { one, first, isVoid }: Disturbed,
  { idleLosses, ends }: Known,
  round: SecondRound,
  settle: (result: CaseResult) => void = (result) => round.settle(result),
): Promise<"crashed" | "broke" | "held"> {
  const reason = round.ended() ?? ((await round.isBack()) ? undefined : "the target no longer accepts connections");
  if (reason !== undefined) {
    settle(isVoid ? madeVoid(first, reason) : first);
    return "held";
  }
  let { result, isCrash } = await watched(one, round);
  for (
    let attempt = 2;
    attempt <= TRIES && !isCrash && isSetUpLost(result, round) && (await round.isBack());
    attempt++
  ) {
    ({ result, isCrash } = await watched(one, round));
  }
  // A target that ends connections now and then may have ended these; one that dies of the case does so again. A race
  // need not do so at once.
  const hasEnded = isCrash;
  const tries = one.rule.id === round.guard.crowd.id ? TRIES : 1;
  for (let attempt = 1; hasEnded && attempt <= tries && (await round.isBack()); attempt++) {
    ({ result, isCrash } = await watched(one, round));
    if (isCrash) break;
  }
  if (hasEnded && !isCrash) ends.push([one.id]);
  if (isCrash && (await idleLosses()) > 0) {
    settle(isVoid || isBadEnd(first) ? madeVoid(first, ENDS_IDLE) : first);
    return "held";
  }
  if (isCrash) round.settle(crashResult(one, result, round.guard, SEEN_ALONE));
  else if (isVoid) settle(result);
  else if (isBadEnd(first)) settle(first);
  if (isCrash) return "crashed";
  return isBadEnd(result) && round.census.endingsOf(one.id).length > 0 ? "broke" : "held";
}

/** Whether a case lost connections before it came to its rule: what else the target is at then says nothing about that. */
function isSetUpLost({ id, status }: CaseResult, { census }: SecondRound): boolean {
  return status === "couldNotRun" && census.endingsOf(id).length > 0;
}

/** Runs a case beside a user who only listens, and looks whether it ends the connections of both. */
async function watched(one: ConformanceCase, round: SecondRound): Promise<{ result: CaseResult; isCrash: boolean }> {
  const over = new AbortController();
  const witness = await round.canary.witness(over.signal);
  const result = await round.run(one);
  const lost = round.census.endingsOf(one.id).length > 0;
  const closing = await witness?.closed(isBadEnd(result) && lost ? AT_ONCE_MS : AFTERMATH_MS);
  const isEnd = closing !== undefined && closing.reason.how !== "local";
  const all = isEnd ? await round.census.allEndedAt(closing.at) : undefined;
  over.abort(new CouldNotRun("the case is over"));
  if (witness) await letGo([witness]);
  return { result, isCrash: all !== undefined && all.size > 0 };
}

/** A case that lost connections, and held when it ran again. */
interface Held extends Disturbed {
  readonly alone: CaseResult;
}

/**
 * Runs those again, one at a time, that lost connections of their own while others went on. One that holds by itself
 * is not to blame when something else is: a case that ends others' connections, or a target that does so unasked.
 */
async function runLosers(
  all: readonly Disturbed[],
  { isExplained, hasBroken, idleLosses }: { isExplained: boolean; hasBroken: boolean; idleLosses: IdleLosses },
  round: SecondRound,
): Promise<{ idle: number }> {
  const lost = all.filter(({ one }) => !one.waits);
  const held: Held[] = [];
  const bad: Disturbed[] = [];
  let crashes = isExplained ? 1 : 0;
  for (const each of lost) {
    const { result, isCrash } = await runUntilItHolds(each.one, round);
    if (isCrash && result && (await idleLosses()) === 0) {
      crashes += 1;
      round.settle(crashResult(each.one, result, round.guard, SEEN_ALONE));
    } else if (result && !isBadEnd(result)) held.push({ ...each, alone: result });
    else bad.push(each);
  }
  // One that breaks by itself whenever it runs needs no other explanation.
  const idle = held.length > 0 || all.length > 1 ? await idleLosses() : 0;
  if (idle > 0) for (const { first } of bad) round.settle(madeVoid(first, ENDS_IDLE));
  const unasked = round.endedUnasked + idle;
  const ended = held.filter(({ wasHeldUp }) => !wasHeldUp);
  const isUnasked = idle > 0 || (crashes === 0 && (unasked > 1 || ended.length + unasked >= MANY));
  const isProven = idle > 0 || crashes > 0;
  // A case that breaks by itself whenever it runs may have ended others' connections, too.
  const isElsewhere = bad.length > 0 || hasBroken;
  for (const each of held) {
    // Many at the same time are what a case about crowds is about, and alone it shows nothing.
    const isCrowd = each.one.rule.id === round.guard.crowd.id;
    settleHeld(each, isProven || (!isCrowd && (isElsewhere || isUnasked || each.wasHeldUp === true)), round);
  }
  if (isProven || isUnasked || isElsewhere) {
    const timers = all.filter(({ one }) => one.waits);
    await together(timers, round, async (each) => {
      const alone = await round.run(each.one);
      if (!isBadEnd(alone)) settleHeld({ ...each, alone }, true, round);
      else if (idle > 0) round.settle(madeVoid(each.first, ENDS_IDLE));
    });
  }
  if (isUnasked) blameTarget(ended, unasked, round);
  return { idle };
}

function settleHeld({ first, alone }: Held, isOthersDoing: boolean, round: SecondRound): void {
  const remark = `beside other cases it came to something else, when the target ended a connection: ${first.reason}`;
  round.settle(isOthersDoing ? { ...alone, remarks: [...(alone.remarks ?? []), remark] } : first);
}

function blameTarget(held: readonly Held[], unasked: number, round: SecondRound): void {
  const whose = [
    ...(held.length > 0
      ? [`of ${held.map(({ first }) => first.id).join(", ")}, which hold when nothing runs beside them`]
      : []),
    ...(unasked > 0 ? [`of users who only listened, ${unasked} time${unasked === 1 ? "" : "s"}`] : []),
  ];
  round.blame(
    `the target ends connections unasked, while others stay connected: those ${whose.join("; those ")}; look at its log for what closes them`,
  );
}

/** @returns what the last try came to, and whether the target crashed of it */
async function runUntilItHolds(
  one: ConformanceCase,
  round: SecondRound,
): Promise<{ result?: CaseResult; isCrash: boolean }> {
  let crashes = 0;
  let result: CaseResult | undefined;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    if (round.ended() !== undefined || !(await round.isBack())) break;
    const tried = await watched(one, round);
    result = tried.result;
    if (tried.isCrash) crashes += 1;
    else if (!isBadEnd(result) || round.census.endingsOf(one.id).length === 0) break;
  }
  return { ...(result && { result }), isCrash: crashes > 1 };
}

/** Tries those again that need luck. */
async function repeatCrowds(others: readonly Disturbed[], known: Known, round: SecondRound): Promise<boolean> {
  const crowds = others.filter(({ one }) => one.rule.id === round.guard.crowd.id);
  for (let attempt = 2; attempt <= TRIES; attempt++) {
    for (const { one, first } of crowds) {
      // What it came to alone the first time counts.
      const came = await runBesideWitness({ one, first, isVoid: false }, known, round, () => {});
      if (came === "crashed") return true;
    }
  }
  return false;
}

/** Whether it ended several times, and of the cases about crowds none was under way at one of them. */
function endsByItself(ends: Ends, { guard }: SecondRound): boolean {
  const isCrowd = (id: string): boolean => id.startsWith(`${guard.crowd.id}/`);
  return ends.length > 1 && ends.some((ids) => !ids.some(isCrowd));
}

/**
 * Nobody alone makes it happen: then it takes several, which is what the rule about crowds forbids. A race that ended the
 * target more than once in one round would have shown again by now, since the cases about crowds have run so often alone.
 */
function blameNobody(others: readonly Disturbed[], ends: Ends, round: SecondRound): void {
  const ids = others.map(({ one }) => one.id);
  const { length } = ends;
  const often = length > 1 ? `${length} times, each time ` : "";
  const what = `the target ended every connection ${often}within a second, as it does when it crashes or restarts, while ${someOf(ids)} ran`;
  if (endsByItself(ends, round)) {
    round.blame(
      `${what}; none of them makes it happen alone, and no two restarts have a cause in common: look at its log for what ends it`,
    );
    return;
  }
  const crowds = others.filter(({ one }) => one.rule.id === round.guard.crowd.id);
  if (length > 1 && crowds.length > 0) {
    round.blame(
      `${what}; none of them makes it happen alone, and ${someOf(crowds.map(({ one }) => one.id))} did not in ${TRIES} tries: look at its log for what ends it`,
    );
    return;
  }
  for (const { one, first } of crowds) {
    round.settle(crashResult(one, first, round.guard, `${what}; alone it does not happen`));
  }
  round.blame(`${what}; none of them makes it happen alone: look at its log, or try ${onlyThese(ids)}`);
}
