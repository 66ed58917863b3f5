import { CuppingError } from "../errors.ts";
import type { ConformanceCase } from "./case.ts";
import { matches } from "./glob.ts";
import { quickSubset } from "./quick.ts";

/** Patterns as a user types them: separated by commas or blanks, but not within the brackets of a variant. */
export function parsePatterns(text: string): string[] {
  return text.split(/[\s,]+(?![^[\]]*\])/).filter((pattern) => pattern !== "");
}

/** Whether a case runs without being named: it has no variants, or is one of the covering array. */
export function isSampled({ variant }: ConformanceCase): boolean {
  return variant?.sampled ?? true;
}

/** How much of the suite runs: a subset for watch mode, the covering arrays, or every variant. */
export type Extent = "quick" | "covering" | "thorough";

/**
 * The cases that `--only` and `--skip` leave, in their order.
 * @param cases every case with every variant
 * @param only undefined takes every case
 * @param extent which of the variants that no pattern names itself
 * @throws CuppingError `usage` for a pattern that matches nothing, which is more likely a typing error than a wish
 */
export function selectCases(
  cases: readonly ConformanceCase[],
  only: readonly string[] | undefined,
  skip: readonly string[],
  extent: Extent = "covering",
): ConformanceCase[] {
  for (const [option, patterns] of [
    ["--only", only ?? []],
    ["--skip", skip],
  ] as const) {
    for (const pattern of patterns) requireMatch(option, pattern, cases);
  }
  const thorough = extent === "thorough";
  const isAsked = (one: ConformanceCase, pattern: string): boolean =>
    matches(pattern, one.id) && (isSampled(one) || thorough || pattern.includes("["));
  const matching = cases.filter(
    (one) =>
      (only === undefined ? isSampled(one) || thorough : only.some((pattern) => isAsked(one, pattern))) &&
      !skip.some((pattern) => matches(pattern, one.id)),
  );
  const selected = extent === "quick" ? quickSubset(matching) : matching;
  if (selected.length === 0) {
    const options = extent === "quick" ? "--only, --skip and --quick" : "--only and --skip";
    throw new CuppingError("usage", `${options} leave no case to run`);
  }
  return selected;
}

/** @throws CuppingError `usage` when the pattern matches no case */
export function requireMatch(where: string, pattern: string, cases: readonly ConformanceCase[]): void {
  if (cases.some(({ id }) => matches(pattern, id))) return;
  throw new CuppingError(
    "usage",
    `${where}: no case matches "${pattern}"; "cupping conformance --list" shows all of them`,
  );
}
