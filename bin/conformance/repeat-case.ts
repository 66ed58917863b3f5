import { type ConformanceArguments, conformanceOptions, suiteRows } from "../options/conformance.ts";
import { repeatLine } from "../run/repeat.ts";

const rowsOfOneCase = Object.fromEntries(
  Object.entries(conformanceOptions.rows).filter(([name]) => !Object.hasOwn(suiteRows, name)),
);

/** The command line that repeats one case of a run. */
export function repeatCase(args: ConformanceArguments, seed: number, only: string): string {
  return repeatLine(["conformance"], rowsOfOneCase, { ...args, seed, only });
}
