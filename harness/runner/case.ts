import type { Axes, Combination } from "../grid/index.ts";
import type { CaseContext } from "./case-context.ts";
import type { TargetTimers } from "./timers.ts";

/** How strongly a case's rule asks, as in RFC 2119. */
export type Level = "must" | "should" | "may";

/**
 * What a case needs of the run beyond the target's main address:
 * - `http`: the HTTP API's address;
 * - `registration`: accounts made over that API by the suite itself;
 * - `tokens`: accounts with a login token;
 * - `stream`: a byte stream (TCP or TLS), on which packets may be cut and joined at will;
 * - `websocket`: a WebSocket address beside TCP;
 * - `restart`: a target that the suite may stop and start again;
 * - `process`: a target process on this machine whose memory can be read.
 */
export type Need = "http" | "registration" | "tokens" | "stream" | "websocket" | "restart" | "process";

/** The rule that a case asks about, as the contract states it. */
export interface CaseRule {
  readonly id: string;
  readonly text: string;
  readonly level: Level;
}

/** What makes a case one of several variants of the same body. */
export interface Variant {
  /** Every axis of the grid with its values, the plainest first. */
  readonly axes: Axes;
  /** The values of this variant. */
  readonly values: Combination;
  /** Whether it belongs to the covering array; the others run when they are named, or when everything is to run. */
  readonly sampled: boolean;
}

/** The id without the values of a variant: what all variants of a case have in common. */
export function templateOf(id: string): string {
  const bracket = id.indexOf("[");
  return bracket < 0 ? id : id.slice(0, bracket);
}

/** One check of one rule against a target: a declarative head, and a body that reads like the rule. */
export interface ConformanceCase {
  /** `RULE/what-is-seen`, e.g. `MSG-07/resend`, and for a variant its values: `MSG-07/resend[group,ws]`. Unique. */
  readonly id: string;
  readonly variant?: Variant;
  readonly rule: CaseRule;
  /** What this case asks may be weaker than the rule's strongest word. */
  readonly level: Level;
  /** What a correct target does, in one line. */
  readonly title: string;
  /** What is done, in words. */
  readonly steps: readonly string[];
  /** Capabilities that the target must claim. */
  readonly capabilities: readonly string[];
  /** Choices whose declaration by the target takes the case away, e.g. `session-filter`. */
  readonly unless: readonly string[];
  readonly needs: readonly Need[];
  /** Of what a target may keep few, how many the case needs, by the limit's name. */
  readonly asks?: Readonly<Record<string, number>>;
  /** The limit that the case is about: it runs only on a target that states one. */
  readonly atLimit?: string | undefined;
  /** For a case about a timer: how long it waits at most, in milliseconds, given the target's timers. */
  readonly waits: ((timers: TargetTimers) => number) | undefined;
  /**
   * For a case about a timer: begins some time behind the other cases of its rule that are marked so, because a target
   * that is slow with the connections of one would be late with those of all.
   */
  readonly inTurn?: boolean;
  /** Takes long: it begins with the cases about timers, so that it costs no time of its own. Default: no. */
  readonly isLong?: boolean;
  /**
   * Runs before all others and before accounts are registered for them, because it needs users and groups with the same
   * numbers, which a run drives apart.
   */
  readonly first?: boolean;
  /** Runs only when no other case does, because it disturbs them: a restart of the target. */
  readonly alone: boolean;
  /** New for a rule set that users already test against: for one release it warns instead of failing. */
  readonly onProbation: boolean;
  /** @throws RuleFailure, CouldNotRun, NotApplicable; anything else is the suite's own fault */
  run(context: CaseContext): Promise<void>;
}
