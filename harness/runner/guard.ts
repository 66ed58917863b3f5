import type { CaseRule, ConformanceCase } from "./case.ts";

/** What a run needs to know to tell a sick target from broken rules. */
export interface SuiteGuard {
  /** The rules to mend first in a target that does not even do this: ids. */
  readonly firstMend: Readonly<Record<"register" | "log in" | "header", string>>;
  /** The rule about the form of every packet that the target sends. */
  readonly packets: CaseRule;
  /** The rule that nothing comes unasked to whoever logs in. */
  readonly quiet: CaseRule;
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

/** The option values that run some cases again, one at a time. */
export function onlyThese(ids: readonly string[]): string {
  return `--only '${ids.join(",")}' --jobs 1`;
}
