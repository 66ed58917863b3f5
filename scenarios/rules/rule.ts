import type { AxisName } from "./axes.ts";
import type { Capability } from "./capabilities.ts";
import type { RuleKind } from "./kinds.ts";

/** How strongly a rule asks, as in RFC 2119. */
export type Level = "must" | "should" | "may";

/** Documented upstream, implemented there, both, documented only or implied, or decided by this contract. */
type Origin = "D" | "I" | "D/I" | "imp" | "ours";

/** Where a rule comes from. Rules of mixed origin say so in words: `I / ours`, `D/I, last sentence ours`. */
export type Status = Origin | `${Origin}${" " | ","}${string}`;

/** The ends of the axis `number`, each with a reason or with cases, without the rule's id. */
export interface NumberEnds {
  readonly none?: string | readonly string[];
  readonly thousand?: string | readonly string[];
}

/** One rule, as the file of its section states it. Everything known of a rule stands here and nowhere else. */
export interface Entry {
  /** The strongest word in the rule. Single cases may ask for less. */
  readonly level: Level;
  readonly status: Status;
  /** The group of `[imp]` and `[ours]` rules that this one belongs to; a target may leave the group out. */
  readonly capability?: Capability;
  /** What the rule is about, in a section whose table has a column for it. */
  readonly subject?: string;
  /** The sentence of the contract, as Markdown for a cell of a table. */
  readonly text: string;
  /** Upstream's files that show it, as Markdown; absent when upstream is silent or the section's prose names them. */
  readonly evidence?: string;
  /** Why no case can see the rule from outside; absent when one can. */
  readonly unobservable?: string;
  /** What the rule is about. Default: what its section is about. */
  readonly kind?: RuleKind;
  /** The axes over which variants of its cases run. `check:coverage` holds it to the cases. */
  readonly axes?: readonly AxisName[];
  /** For an axis that its kind demands and no variant has: the cases that go along it by hand, without the rule's id. */
  readonly byHand?: Readonly<Partial<Record<AxisName, readonly string[]>>>;
  /**
   * For what the numbers of its variants lack, nothing at all or a thousand and more: why that does not apply, or the cases
   * that ask for it by hand.
   */
  readonly numbers?: NumberEnds;
  /** For an axis that its kind demands and no case goes along: why it does not apply to this rule. */
  readonly without?: Readonly<Partial<Record<AxisName, string>>>;
}

/** One rule of the contract. */
export interface Rule extends Entry {
  /** Section and number, e.g. `MSG-07`. */
  readonly id: string;
  readonly kind: RuleKind;
}

/** The section of a rule id: `MSG` for `MSG-07`. */
export function sectionOf(ruleId: string): string {
  return ruleId.slice(0, ruleId.lastIndexOf("-"));
}

/** The rule as one plain sentence, without emphasis: as results and reports quote it. */
export function sentenceOf({ subject, text }: Rule): string {
  const plain = text.replaceAll("**", "");
  return subject === undefined ? plain : `${subject}: ${plain}`;
}
