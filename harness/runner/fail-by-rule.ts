import type { CaseResult } from "../result/index.ts";
import type { CaseRule, ConformanceCase } from "./case.ts";
import type { SuiteLedger } from "./ledger.ts";
import { blankResult } from "./run-case.ts";

/**
 * The suite has seen itself that the target breaks a rule: where no case of the rule that was chosen has seen it as well,
 * the first of them has failed by what the suite saw.
 * @param sentence what was seen
 */
export function failByRule(
  rule: CaseRule,
  { expected, sentence }: { expected: string; sentence: string },
  { ledger, runnable }: { ledger: SuiteLedger; runnable: readonly ConformanceCase[] },
): void {
  const own = runnable.filter((one) => one.rule.id === rule.id);
  const [first] = own;
  if (!first || own.some(({ id }) => ledger.result(id)?.status === "failed")) return;
  const { legalOutcomes: _, ...result }: CaseResult = ledger.result(first.id) ?? blankResult(first, "failed");
  ledger.settle({ ...result, status: "failed", reason: `${rule.id}: ${sentence}`, expected, actual: sentence });
}
