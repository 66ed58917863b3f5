import { CuppingError } from "../errors.ts";
import type { ConformanceCase } from "./case.ts";
import { matches } from "./glob.ts";

/** Patterns as a user types them: separated by commas or blanks, but not within the brackets of a variant. */
export function parsePatterns(text: string): string[] {
  return text.split(/[\s,]+(?![^[\]]*\])/).filter((pattern) => pattern !== "");
}

/** Whether a case runs without being named: it has no variants, or is one of the covering array. */
export function isSampled({ variant }: ConformanceCase): boolean {
  return variant?.sampled ?? true;
}

/**
 * The cases that `--only` and `--skip` leave, in their order.
 * @param cases every case with every variant
 * @param only undefined takes every case
 * @param thorough every variant, and not only those of the covering arrays
 * @throws CuppingError `usage` for a pattern that matches nothing, which is more likely a typing error than a wish
 */
export function selectCases(
  cases: readonly ConformanceCase[],
  only: readonly string[] | undefined,
  skip: readonly string[],
  thorough: boolean = false,
): ConformanceCase[] {
  for (const [option, patterns] of [
    ["--only", only ?? []],
    ["--skip", skip],
  ] as const) {
    for (const pattern of patterns) requireMatch(option, pattern, cases);
  }
  const isAsked = (one: ConformanceCase, pattern: string): boolean =>
    matches(pattern, one.id) && (isSampled(one) || thorough || pattern.includes("["));
  const selected = cases.filter(
    (one) =>
      (only === undefined ? isSampled(one) || thorough : only.some((pattern) => isAsked(one, pattern))) &&
      !skip.some((pattern) => matches(pattern, one.id)),
  );
  if (selected.length === 0) throw new CuppingError("usage", "--only and --skip leave no case to run");
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
