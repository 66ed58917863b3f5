import type { ConformanceCase } from "../../harness/runner/index.ts";
import type { Mutant } from "../../server-ref/index.ts";

/** Of the cases that should pass against a mutant the quick proof runs one in so many; the full matrix runs all. */
const ONE_IN = 80;
/** So many of the cases that are on record as killing a mutant prove again that its rule does. */
const KILLERS = 2;

/**
 * The cases of the quick proof for a mutant: of each rule that it breaks two cases that are on record as killing it,
 * or all when none is, and of the others those that take no time, each with one mutant in {@link ONE_IN}, so that all
 * mutants together meet every case.
 * @param index place of the mutant among all
 * @param killers the cases that the published matrix names as killing it
 */
export function sampleFor(
  mutant: Mutant,
  index: number,
  cases: readonly ConformanceCase[],
  killers: ReadonlySet<string> = new Set(),
): ConformanceCase[] {
  const concerned = new Set(mutant.breaks.flatMap((rule) => provingCases(rule, cases, killers)));
  return cases.filter((one, place) => concerned.has(one) || (takesNoTime(one) && (place + index) % ONE_IN === 0));
}

function provingCases(
  rule: string,
  cases: readonly ConformanceCase[],
  killers: ReadonlySet<string>,
): ConformanceCase[] {
  const own = cases.filter((one) => one.rule.id === rule);
  const proven = own.filter(({ id }) => killers.has(id));
  if (proven.length === 0) return own;
  return [...proven.filter(takesNoTime), ...proven.filter((one) => !takesNoTime(one))].slice(0, KILLERS);
}

function takesNoTime({ waits, needs }: ConformanceCase): boolean {
  return waits === undefined && !needs.includes("restart");
}
