import type { CaseRule, ConformanceCase } from "./case.ts";

/** What a run needs to know to tell a sick target from broken rules. */
export interface SuiteGuard {
  /** The rules to mend first in a target that does not even do this: ids. */
  readonly firstMend: Readonly<Record<"register" | "log in" | "header", string>>;
  /** The rule that who is registered can log in. */
  readonly logins: CaseRule;
  /** The rule about the form of every packet that the target sends. */
  readonly packets: CaseRule;
  /** The rule that two packets do not come into each other. */
  readonly unmixed: CaseRule;
  /** The rule that nothing comes unasked to whoever logs in. */
  readonly quiet: CaseRule;
  /** The rule that a request is answered at all. */
  readonly answered: CaseRule;
  /** By the name of a request, the rule that says what its answer holds. */
  readonly answers: Readonly<Record<string, CaseRule>>;
  /** The rule that a connection is not ended by the target itself. */
  readonly lasting: CaseRule;
  /** The rule that a crash breaks, whatever the case is about in which it happens. */
  readonly crash: CaseRule;
  /** The rule that a crash breaks when many act at the same time: cases of it keep it. */
  readonly crowd: CaseRule;
  /** The capability that a target would leave out which leaves this command unanswered, if there is one. */
  capabilityOf?(command: string): string | undefined;
}

/** The rule that a case has found broken when the target crashed of it. */
export function ruleOfCrash(one: ConformanceCase, { crash, crowd }: SuiteGuard): CaseRule {
  return one.rule.id === crowd.id ? crowd : crash;
}

/** How many names a sentence holds, and the value of an option that somebody is to paste. */
const NAMED = 24;

/** Names in a row: all, or the first and how many more there are. */
export function someOf(ids: readonly string[]): string {
  const left = ids.length - NAMED;
  return left > 1 ? `${ids.slice(0, NAMED).join(", ")} and ${left} more` : ids.join(", ");
}

/** Which cases ran when something happened. */
export function whatRan(ids: readonly string[]): string {
  return ids.length === 0 ? "no case but those about timers ran then" : `the cases that ran then: ${someOf(ids)}`;
}

/**
 * The option values that run some cases again, one at a time: by their names, or where these are many, by their rules or
 * the sections of their rules.
 */
export function onlyThese(ids: readonly string[]): string {
  if (ids.length === 0) return "--jobs 1";
  const rules = ids.map((id) => id.split("/")[0] as string);
  const sections = rules.map((rule) => `${rule.split("-")[0]}-*`);
  const patterns = [ids, rules, sections].map((names) => [...new Set(names)]);
  const chosen = patterns.find((names) => names.length <= NAMED) ?? patterns.at(-1);
  return `--only '${chosen?.join(",")}' --jobs 1`;
}
