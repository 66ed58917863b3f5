import type { CaseContext, ConformanceCase, Level, Need, TargetTimers } from "../../harness/runner/index.ts";
import { type Capability, capabilitiesOf, ruleById } from "../rules/index.ts";

/** The head of a case: everything about it but what it does. */
export interface CaseHead {
  /** `RULE/what-is-seen`, e.g. `MSG-07/resend-keeps-the-first-id`. */
  readonly id: string;
  /** What a correct target does, in one line. */
  readonly title: string;
  /** What is done, in words. */
  readonly steps: readonly string[];
  /** Default: the rule's own. */
  readonly level?: Level;
  readonly needs?: readonly Need[];
  /** Capabilities needed beside the rule's own. */
  readonly capabilities?: readonly Capability[];
  /** The case asks only for the part of its rule that upstream does: the rule's own capability is not needed. */
  readonly upstream?: boolean;
  /** Choices of the target under which the case makes no sense. */
  readonly unless?: readonly Capability[];
  /** For cases about timers: the longest wait in milliseconds. */
  readonly waits?: (timers: TargetTimers) => number;
  /** The case disturbs others and runs by itself. */
  readonly alone?: boolean;
  /** New for a rule set in use: for one release it only warns. */
  readonly onProbation?: boolean;
}

/** Joins the head of a case to its rule and its body. */
export function defineCase(head: CaseHead, run: (t: CaseContext) => Promise<void>): ConformanceCase {
  const rule = ruleById(head.id.slice(0, head.id.indexOf("/")));
  // What needs an account with a token is about the token method, which a target may leave out.
  const tokenLogin: Capability[] = head.needs?.includes("tokens") ? ["token-login"] : [];
  const own = capabilitiesOf(rule).filter((name) => !(head.upstream && name === rule.capability));
  return {
    id: head.id,
    rule: { id: rule.id, text: rule.text, level: rule.level },
    level: head.level ?? rule.level,
    title: head.title,
    steps: head.steps,
    capabilities: [...new Set([...tokenLogin, ...own, ...(head.capabilities ?? [])])],
    unless: head.unless ?? [],
    needs: head.needs ?? [],
    waits: head.waits,
    alone: head.alone ?? false,
    onProbation: head.onProbation ?? false,
    run,
  };
}
