import { check } from "k6";
import { Counter } from "k6/metrics";
import { checkTitles } from "../check/violations.ts";
import { type K6CheckName, k6CheckNames, VIOLATION_PREFIX } from "./check-names.ts";
import { counters } from "./metrics.ts";

/** Two counters for each check, since k6 keeps nothing but numbers to the end of a run. */
const checkCounters = Object.fromEntries(
  k6CheckNames.map((name) => [
    name,
    { checked: new Counter(`${name}_checked`), violations: new Counter(`${name}_violations`) },
  ]),
) as Record<K6CheckName, { checked: Counter; violations: Counter }>;

/** Violations of a check that a virtual user tells in words. */
const TOLD_PER_CHECK = 3;

/** Gathers what one session checked, and hands it to k6 at its end: a counter for each message would cost too much. */
export class SessionChecks {
  readonly #found = new Map<K6CheckName, { checked: number; violations: number }>();

  /** Something was looked at, so many times, whatever came of it. */
  checked(name: K6CheckName, times: number = 1): void {
    this.#of(name).checked += times;
  }

  /** @param text one sentence that names sender, session and index */
  violated(name: K6CheckName, text: string): void {
    const found = this.#of(name);
    found.violations += 1;
    if (found.violations <= TOLD_PER_CHECK) console.error(`${VIOLATION_PREFIX} ${name}: ${text}`);
  }

  /** Counts in k6's metrics what was found, and makes one k6 check of each. */
  report(): void {
    for (const [name, { checked, violations }] of this.#found) {
      checkCounters[name].checked.add(checked);
      if (violations > 0) {
        checkCounters[name].violations.add(violations);
        counters.violations.add(violations);
      }
      check(violations, { [checkTitles[name]]: (count) => count === 0 });
    }
    this.#found.clear();
  }

  #of(name: K6CheckName): { checked: number; violations: number } {
    const found = this.#found.get(name) ?? { checked: 0, violations: 0 };
    this.#found.set(name, found);
    return found;
  }
}
