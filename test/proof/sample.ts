import type { ConformanceCase } from "../../harness/runner/index.ts";
import type { Mutant } from "../../server-ref/index.ts";

/** Of the cases that should pass against a mutant the quick proof runs one in so many; the full matrix runs all. */
const ONE_IN = 40;

/**
 * The cases of the quick proof for a mutant: every case of its rules and companions, and of the others those that take
 * no time, each with one mutant in {@link ONE_IN}, so that all mutants together meet every case.
 * @param index place of the mutant among all
 */
export function sampleFor(mutant: Mutant, index: number, cases: readonly ConformanceCase[]): ConformanceCase[] {
  const concerned = new Set([...mutant.breaks, ...(mutant.companions ?? []).map(({ rule }) => rule)]);
  return cases.filter((one, place) => {
    if (concerned.has(one.rule.id)) return true;
    return one.waits === undefined && !one.needs.includes("restart") && (place + index) % ONE_IN === 0;
  });
}
