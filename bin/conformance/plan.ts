import { CuppingError } from "../../harness/errors.ts";
import {
  type CaseList,
  type Claims,
  type ConformanceCase,
  claimsOf,
  EMPTY_LIST,
  type Extent,
  type Known,
  type Limits,
  NO_LIMITS,
  parsePatterns,
  readCaseList,
  readStatement,
  type Statement,
  selectCases,
} from "../../harness/runner/index.ts";
import { everyVariant } from "../../scenarios/conformance/index.ts";
import { capabilities, limits } from "../../scenarios/rules/index.ts";
import type { ConformanceArguments } from "../options/conformance.ts";

/** What a run of the suite asks, and how it is judged. */
export interface SuitePlan {
  /** The patterns that choose the cases, where any do. */
  readonly only: string[] | undefined;
  readonly skip: string[];
  readonly cases: readonly ConformanceCase[];
  readonly claims: Claims;
  /** The capabilities that the command line claims by name. */
  readonly demanded: Claims;
  readonly limits: Limits;
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
  return {
    only,
    skip,
    cases: selectCases(everyVariant, only, skip, extentOf(args)),
    ...statementOf(args),
    knownFailing: listFrom("--known-failing", args.knownFailing),
    knownFlaky: listFrom("--known-flaky", args.knownFlaky),
  };
}

/** What the command line says of the target: its capabilities, and its own limits. @throws CuppingError `usage` */
function statementOf(args: ConformanceArguments): Statement {
  const known: Known = {
    capabilities: new Map(Object.entries(capabilities).map(([name, { origin }]) => [name, origin] as const)),
    limits: new Map(Object.entries(limits)),
  };
  const claims = claimsOf(args.profile, known.capabilities);
  return args.capabilities === undefined
    ? { claims, demanded: new Set(), limits: NO_LIMITS }
    : readStatement(args.capabilities, claims, known);
}

function extentOf({ quick, thorough }: ConformanceArguments): Extent {
  if (quick && thorough) throw new CuppingError("usage", "--quick and --thorough exclude each other");
  if (quick) return "quick";
  return thorough ? "thorough" : "covering";
}

function listFrom(option: string, path: string | undefined) {
  return path === undefined ? EMPTY_LIST : readCaseList(option, path, everyVariant);
}
