import type { CaseResult } from "../../harness/result/index.ts";
import { isOfThisMachine } from "../../harness/runner/index.ts";
import type { Mutant } from "../../server-ref/index.ts";

/** A case that failed against a mutant. */
export interface Kill {
  readonly case: string;
  readonly rule: string;
  readonly reason: string;
}

/** What the suite said about one mutant. */
export interface KillRecord {
  readonly mutant: string;
  readonly breaks: readonly string[];
  /** Ids of the cases that it met, those left out that this machine was too busy for. */
  readonly met: readonly string[];
  /** Cases of the broken rules that failed. */
  readonly kills: readonly Kill[];
  /** Broken rules of which no case failed: the mutant survived them. */
  readonly survived: readonly string[];
  /** Cases of those rules that came to no result, with what hindered them. */
  readonly undecided: readonly Kill[];
  /** Cases of companions that failed. */
  readonly companions: readonly Kill[];
  /** Cases of unrelated rules that failed, and cases that ended in an error of the suite. */
  readonly strays: readonly Kill[];
}

/** How the reason begins when a case broke instead of failing. */
const SUITE_FAULT = "ended in an error of the suite";

/** Whether the case found something wrong. A warning without an expectation is about something legal. */
function hasFailed({ status, expected }: CaseResult): boolean {
  return status === "failed" || status === "errored" || (status === "warned" && expected !== undefined);
}

/** Whether what came of the case says something about the server, if only that the case gets nowhere there. */
function hasMet(result: CaseResult): boolean {
  return result.status !== "interrupted" && !(result.status === "couldNotRun" && isOfThisMachine(result));
}

/** Sorts the cases that failed against a mutant by what their rules have to do with it. */
export function recordKills(mutant: Mutant, results: readonly CaseResult[]): KillRecord {
  const companionRules = new Set(mutant.companions?.map(({ rule }) => rule));
  const failed = results.filter(hasFailed);
  const kill = ({ id, rule, reason = "", status }: CaseResult): Kill => ({
    case: id,
    rule,
    reason: status === "errored" ? `${SUITE_FAULT}: ${reason}` : reason,
  });
  const isErrored = ({ status }: CaseResult): boolean => status === "errored";
  const own = failed.filter((one) => !isErrored(one) && mutant.breaks.includes(one.rule));
  const accompanying = failed.filter((one) => !isErrored(one) && companionRules.has(one.rule) && !own.includes(one));
  const survived = mutant.breaks.filter((rule) => !own.some((one) => one.rule === rule));
  return {
    mutant: mutant.name,
    breaks: mutant.breaks,
    met: results.filter(hasMet).map(({ id }) => id),
    kills: own.map(kill),
    survived,
    undecided: results.filter(({ rule, status }) => status === "couldNotRun" && survived.includes(rule)).map(kill),
    companions: accompanying.map(kill),
    strays: failed.filter((one) => !own.includes(one) && !accompanying.includes(one)).map(kill),
  };
}

/** What two runs say about the same mutant: of a case that both met, what the later one saw. */
export function joinRecords(earlier: KillRecord, later: KillRecord): KillRecord {
  const metAgain = new Set(later.met);
  const joined = (name: "kills" | "companions" | "strays" | "undecided"): Kill[] => [
    ...earlier[name].filter((kill) => !metAgain.has(kill.case)),
    ...later[name],
  ];
  const kills = joined("kills");
  const survived = later.breaks.filter((rule) => !kills.some((kill) => kill.rule === rule));
  return {
    mutant: later.mutant,
    breaks: later.breaks,
    met: [...new Set([...earlier.met, ...later.met])],
    kills,
    survived,
    undecided: joined("undecided").filter(({ rule }) => survived.includes(rule)),
    companions: joined("companions"),
    strays: joined("strays"),
  };
}

/** A record without what it says of cases that there are no more. */
export function amongCases(record: KillRecord, ids: ReadonlySet<string>): KillRecord {
  const isThere = (kill: Kill): boolean => ids.has(kill.case);
  const kills = record.kills.filter(isThere);
  return {
    ...record,
    met: record.met.filter((id) => ids.has(id)),
    kills,
    survived: record.breaks.filter((rule) => !kills.some((kill) => kill.rule === rule)),
    undecided: record.undecided.filter(isThere),
    companions: record.companions.filter(isThere),
    strays: record.strays.filter(isThere),
  };
}

/**
 * Sorts the failures of a record anew, so that a companion that is declared afterwards needs no new run.
 * @returns undefined when the mutant breaks other rules now: its run says nothing any more
 */
export function sortAnew(mutant: Mutant, record: KillRecord): KillRecord | undefined {
  if (record.breaks.join() !== mutant.breaks.join()) return undefined;
  const companionRules = new Set(mutant.companions?.map(({ rule }) => rule));
  const others = [...record.companions, ...record.strays];
  const isCompanion = ({ rule, reason }: Kill): boolean => companionRules.has(rule) && !reason.startsWith(SUITE_FAULT);
  return {
    ...record,
    companions: others.filter(isCompanion),
    strays: others.filter((kill) => !isCompanion(kill)),
  };
}
