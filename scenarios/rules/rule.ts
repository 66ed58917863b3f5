import type { Capability } from "./capabilities.ts";

/** How strongly a rule asks, as in RFC 2119. */
export type Level = "must" | "should" | "may";

/**
 * Where a rule comes from: `D` documented upstream, `I` implemented there, `imp` documented only or implied,
 * `ours` decided by this contract. Rules of mixed origin name both, as the contract writes it.
 */
export type Status = string;

/** One row of the contract (docs/protocol/behaviour.md). */
export interface Rule {
  /** Section and number, e.g. `MSG-07`. */
  readonly id: string;
  /** The strongest word in the rule. Single cases may ask for less. */
  readonly level: Level;
  readonly status: Status;
  /** The group of `[imp]` and `[ours]` rules that this one belongs to; a target may leave the group out. */
  readonly capability?: Capability;
  /** The sentence of the contract, without emphasis. */
  readonly text: string;
  /** Why no case can see the rule from outside; absent when one can. */
  readonly unobservable?: string;
}

/** The section of a rule id: `MSG` for `MSG-07`. */
export function sectionOf(ruleId: string): string {
  return ruleId.slice(0, ruleId.lastIndexOf("-"));
}
