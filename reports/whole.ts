import type { Verdict } from "../harness/result/index.ts";

/** What several results together come to, where their own verdicts do not say all of it: e.g. a gate's answer. */
export interface Whole {
  /** What judges, e.g. `Gate`. */
  readonly subject: string;
  readonly verdict: Verdict;
  /** Why, in one sentence. */
  readonly sentence: string;
  /** What was judged beside the results, such as a comparison with a baseline. */
  readonly parts: readonly { readonly name: string; readonly verdict: Verdict; readonly reasons: readonly string[] }[];
}
