import type { Axes, Combination } from "./covering-array.ts";

/** What one variant of a case came to. */
export interface VariantOutcome {
  readonly values: Combination;
  readonly failed: boolean;
}

/**
 * Which value of which axis decides whether a case fails, in one sentence; undefined when a single variant ran, when
 * none failed, or when no axis and no two axes together explain the failures.
 * @param axes in their order; values of an axis that grows (numbers, lengths) are told as a range
 */
export function decisiveValues(axes: Axes, outcomes: readonly VariantOutcome[]): string | undefined {
  const failed = outcomes.filter((one) => one.failed);
  if (outcomes.length < 2 || failed.length === 0) return undefined;
  if (failed.length === outcomes.length) return `fails in all ${outcomes.length} variants`;
  for (const [axis, unordered] of Object.entries(axes)) {
    const values = grown(unordered);
    const split = splitBy(axis, values, outcomes);
    if (split) return tell(axis, values, split);
  }
  return pairThatDecides(Object.keys(axes), outcomes);
}

/** The values of an axis in the order in which they grow: a grid has its plainest first, and that is not always the least. */
function grown(values: readonly string[]): readonly string[] {
  if (!values.every((value) => /^\d+$/.test(value))) return values;
  return values.toSorted((one, other) => Number(one) - Number(other));
}

interface Split {
  readonly failing: readonly string[];
  readonly passing: readonly string[];
}

/** The values of an axis in two heaps, when each value always fails or always passes and both heaps hold something. */
function splitBy(axis: string, values: readonly string[], outcomes: readonly VariantOutcome[]): Split | undefined {
  const failing: string[] = [];
  const passing: string[] = [];
  for (const value of values) {
    const own = outcomes.filter((one) => one.values[axis] === value);
    if (own.length === 0) continue;
    const failures = own.filter((one) => one.failed).length;
    if (failures === own.length) failing.push(value);
    else if (failures === 0) passing.push(value);
    else return undefined;
  }
  return failing.length > 0 && passing.length > 0 ? { failing, passing } : undefined;
}

function tell(axis: string, values: readonly string[], { failing, passing }: Split): string {
  const ran = values.filter((value) => failing.includes(value) || passing.includes(value));
  const isUpperEnd = failing.length > 1 && ran.slice(-failing.length).every((value) => failing.includes(value));
  if (isUpperEnd && passing.length > 1) return `${axis}: fails from ${failing[0]} on, passes up to ${passing.at(-1)}`;
  return `${axis}: fails for ${failing.join(", ")}; passes for ${passing.join(", ")}`;
}

function pairThatDecides(names: readonly string[], outcomes: readonly VariantOutcome[]): string | undefined {
  const [first] = outcomes.filter((one) => one.failed);
  for (const [at, one] of names.entries()) {
    for (const other of names.slice(at + 1)) {
      const has = ({ values }: VariantOutcome): boolean =>
        values[one] === first?.values[one] && values[other] === first?.values[other];
      if (outcomes.every((outcome) => outcome.failed === has(outcome))) {
        return `fails for ${one} ${first?.values[one]} together with ${other} ${first?.values[other]}; passes otherwise`;
      }
    }
  }
  return undefined;
}
