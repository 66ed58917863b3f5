import { CuppingError } from "../../harness/errors.ts";
import {
  type CapabilityOrigin,
  type CaseList,
  type Claims,
  type ConformanceCase,
  claimsOf,
  EMPTY_LIST,
  type Extent,
  parsePatterns,
  readCaseList,
  readClaims,
  selectCases,
} from "../../harness/runner/index.ts";
import { everyVariant } from "../../scenarios/conformance/index.ts";
import { capabilities } from "../../scenarios/rules/index.ts";
import type { ConformanceArguments } from "../options/conformance.ts";

/** What a run of the suite asks, and how it is judged. */
export interface SuitePlan {
  /** The patterns that choose the cases, where any do. */
  readonly only: string[] | undefined;
  readonly skip: string[];
  readonly cases: readonly ConformanceCase[];
  readonly claims: Claims;
  readonly knownFailing: CaseList;
  readonly knownFlaky: CaseList;
}

/**
 * Reads a plan from the command line: everything that can be wrong there is found here.
 * @throws CuppingError `usage`
 */
export function planSuite(args: ConformanceArguments): SuitePlan {
  const only = args.only === undefined ? undefined : parsePatterns(args.only);
  const skip = parsePatterns(args.skip ?? "");
  const known = new Map<string, CapabilityOrigin>(
    Object.entries(capabilities).map(([name, info]) => [name, info.origin] as const),
  );
  const profile = claimsOf(args.profile, known);
  return {
    only,
    skip,
    cases: selectCases(everyVariant, only, skip, extentOf(args)),
    claims: args.capabilities === undefined ? profile : readClaims(args.capabilities, profile, known),
    knownFailing: listFrom("--known-failing", args.knownFailing),
    knownFlaky: listFrom("--known-flaky", args.knownFlaky),
  };
}

function extentOf({ quick, thorough }: ConformanceArguments): Extent {
  if (quick && thorough) throw new CuppingError("usage", "--quick and --thorough exclude each other");
  if (quick) return "quick";
  return thorough ? "thorough" : "covering";
}

function listFrom(option: string, path: string | undefined) {
  return path === undefined ? EMPTY_LIST : readCaseList(option, path, everyVariant);
}
