import { CuppingError } from "../errors.ts";
import type { LoadResult, SlicedPlan, SliceRecord } from "../result/index.ts";
import { nameOfSlice } from "./slice.ts";
import { hashOfPlan } from "./slice-record.ts";

/** The result of a slice, and what it is called in sentences, such as its folder. */
export interface SliceResult {
  readonly name: string;
  readonly result: LoadResult & { slice: SliceRecord };
}

/** The slices of one load. */
export interface SliceSet {
  plan: SlicedPlan;
  planHash: string;
  /** One result for each slice that is there, in their order. */
  chosen: SliceResult[];
  /** Numbers of those that are not. */
  missing: number[];
  /** What is wrong with the set, one sentence each. */
  problems: string[];
}

/** So many differences are told of a slice of another load. */
const TOLD_DIFFERENCES = 2;

/** Whether a result is one of a slice. */
export function isSlice(result: LoadResult): result is SliceResult["result"] {
  return result.slice !== undefined;
}

/**
 * Finds the load that most results are slices of, and which of its slices are there.
 * @throws CuppingError `usage` when there is no result, or one says something else than its plan does
 */
export function sortSlices(given: readonly SliceResult[]): SliceSet {
  const { plan, planHash } = mostOf(given);
  const foreign = given.filter(({ result }) => result.slice.planHash !== planHash);
  const own = given.filter(({ result }) => result.slice.planHash === planHash);
  const problems = foreign.map((one) => describeForeign(one, plan));
  const chosen: SliceResult[] = [];
  const missing: number[] = [];
  for (let index = 1; index <= plan.slices; index++) {
    const [first, ...others] = own.filter(({ result }) => result.slice.index === index);
    if (first) chosen.push(first);
    else missing.push(index);
    if (!first || others.length === 0) continue;
    const names = [first, ...others].map(({ name }) => name).join(", ");
    problems.push(
      `slice ${index} of ${plan.slices} is there ${others.length + 1} times (${names}): the first one counts`,
    );
  }
  if (missing.length > 0) problems.unshift(describeMissing(missing, plan.slices));
  return { plan, planHash, chosen, missing, problems };
}

/** The plan that most slices have; of several the first. */
function mostOf(given: readonly SliceResult[]): SliceRecord {
  const counts = new Map<string, number>();
  for (const { name, result } of given) {
    const { plan, planHash, index, of } = result.slice;
    if (hashOfPlan(plan) !== planHash || of !== plan.slices || index > of) {
      throw new CuppingError("usage", `${name} is not what a slice has written: its plan has been changed`);
    }
    counts.set(planHash, (counts.get(planHash) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  const found = given.find(({ result }) => counts.get(result.slice.planHash) === most);
  if (!found) throw new CuppingError("usage", "there is no slice to merge");
  return found.result.slice;
}

function describeMissing(missing: readonly number[], of: number): string {
  return missing.length === 1
    ? `slice ${missing[0]} of ${of} is missing`
    : `${missing.length} of ${of} slices are missing: ${missing.join(", ")}`;
}

function describeForeign({ name, result }: SliceResult, plan: SlicedPlan): string {
  const differences = differencesOf(flat(plan), flat(result.slice.plan));
  const told = differences.slice(0, TOLD_DIFFERENCES).join(", ");
  const more = differences.length > TOLD_DIFFERENCES ? " and more" : "";
  return `${nameOfSlice(result.slice)} in ${name} belongs to another load, with ${told}${more}: it is left out`;
}

/** A plan as names and values, its parts beside each other. */
function flat({ load, ...plan }: SlicedPlan): Map<string, string> {
  const { options, ...decided } = load;
  const parts = { ...plan, ...decided, ...(options as object) };
  return new Map(Object.entries(parts).map(([name, value]) => [name, JSON.stringify(value)]));
}

function differencesOf(plan: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  const names = [...new Set([...plan.keys(), ...other.keys()])].filter((name) => plan.get(name) !== other.get(name));
  return names.map((name) => `${name} ${other.get(name) ?? "not set"} instead of ${plan.get(name) ?? "not set"}`);
}
