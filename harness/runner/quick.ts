import { type ConformanceCase, templateOf } from "./case.ts";

/** An axis with more values than these counts something: its plainest value has to do. */
const MOST_VALUES = 3;

const CASES_PER_RULE = 2;

/** Whether a case takes a moment only: it waits for no timer, no restart and no long history, and disturbs no other. */
function isShort({ waits, isLong, alone, needs }: ConformanceCase): boolean {
  return waits === undefined && !isLong && !alone && !needs.includes("restart") && !needs.includes("process");
}

/** The values of a variant that choose between few. */
function choicesOf({ variant }: ConformanceCase): string[] {
  if (variant === undefined) return [];
  return Object.entries(variant.values)
    .filter(([axis]) => (variant.axes[axis]?.length ?? 0) <= MOST_VALUES)
    .map(([axis, value]) => `${axis}=${value}`);
}

/**
 * A subset for somebody who waits for it: two cases of each rule, of those that take a moment. They are chosen greedily,
 * so that together they take as many values of the rule's short axes (session kind, transport, position …) as they can;
 * between equals the one that stands first wins, which is the plainest.
 * @param cases the variants to choose from
 */
export function quickSubset(cases: readonly ConformanceCase[]): ConformanceCase[] {
  const chosen = new Set<ConformanceCase>();
  for (const ofRule of Map.groupBy(cases.filter(isShort), ({ rule }) => rule.id).values()) {
    const met = new Set<string>();
    const gain = (one: ConformanceCase): number => choicesOf(one).filter((choice) => !met.has(choice)).length;
    let left = ofRule;
    for (let count = 0; count < CASES_PER_RULE && left.length > 0; count++) {
      const best = left.reduce((leader, one) => (gain(one) > gain(leader) ? one : leader));
      for (const choice of choicesOf(best)) met.add(choice);
      chosen.add(best);
      left = left.filter(({ id }) => templateOf(id) !== templateOf(best.id));
    }
  }
  return cases.filter((one) => chosen.has(one));
}
