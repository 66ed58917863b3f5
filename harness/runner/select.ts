import { CuppingError } from "../errors.ts";
import type { ConformanceCase } from "./case.ts";
import { matches } from "./glob.ts";

/** Patterns as a user types them: separated by commas or blanks. */
export function parsePatterns(text: string): string[] {
  return text.split(/[\s,]+/).filter((pattern) => pattern !== "");
}

/**
 * The cases that `--only` and `--skip` leave, in their order.
 * @param only undefined takes every case
 * @throws CuppingError `usage` for a pattern that matches nothing, which is more likely a typing error than a wish
 */
export function selectCases(
  cases: readonly ConformanceCase[],
  only: readonly string[] | undefined,
  skip: readonly string[],
): ConformanceCase[] {
  for (const [option, patterns] of [
    ["--only", only ?? []],
    ["--skip", skip],
  ] as const) {
    for (const pattern of patterns) requireMatch(option, pattern, cases);
  }
  const selected = cases.filter(
    ({ id }) =>
      (only === undefined || only.some((pattern) => matches(pattern, id))) &&
      !skip.some((pattern) => matches(pattern, id)),
  );
  if (selected.length === 0) throw new CuppingError("usage", "--only and --skip together leave no case to run");
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
