import type { CaseRule, SuiteGuard } from "../../harness/runner/index.ts";
import { ruleById, sentenceOf } from "../rules/index.ts";

/** Which rules speak of a target that serves nobody, or that dies. */
export const suiteGuard: SuiteGuard = {
  firstMend: { register: "HTTP-01", "log in": "LOGIN-01", header: "CONN-02" },
  crash: asked("CONN-17"),
  crowd: asked("SYS-02"),
};

function asked(id: string): CaseRule {
  const rule = ruleById(id);
  return { id: rule.id, text: sentenceOf(rule), level: rule.level };
}
