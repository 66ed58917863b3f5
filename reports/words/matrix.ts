import type { CaseStatus } from "../../harness/result/index.ts";
import { counted, formatCount } from "../numbers.ts";
import type { Phrase } from "./phrase.ts";

/** What stands in the page of rules by implementations. */
export const matrixWords = {
  heading: { en: "Conformance, side by side", zh: "一致性对照" },
  implementations: (count: number): Phrase => ({
    en: counted(count, "implementation"),
    zh: `${formatCount(count)} 个实现`,
  }),
  differing: (rules: number, differing: number): Phrase => ({
    en: `${counted(rules, "rule")}; on ${formatCount(differing)} of them they differ.`,
    zh: `${formatCount(rules)} 条规则，其中 ${formatCount(differing)} 条结果不一致。`,
  }),
  rulesByImplementations: { en: "Rules by implementations", zh: "各实现的规则符合情况" },
  onlyDiffering: { en: "only where they differ", zh: "只看不一致的" },
  search: { en: "Rule or text", zh: "规则或文字" },
  searchLabel: { en: "Show only rules with this text", zh: "只显示含有这些文字的规则" },
  rule: { en: "Rule", zh: "规则" },
  passedOf: (passed: number, applying: number): Phrase => ({
    en: `${formatCount(passed)} of ${formatCount(applying)}`,
    zh: `${formatCount(applying)} 个中通过 ${formatCount(passed)} 个`,
  }),
  notAsked: { en: "not asked", zh: "未测试" },
  whatChanged: { en: "What changed", zh: "变化" },
  fromTo: (from: string, to: string): Phrase => ({ en: `From ${from} to ${to}`, zh: `从 ${from} 到 ${to}` }),
  worse: (count: number): Phrase => ({
    en: `Passed before, not now: ${formatCount(count)}`,
    zh: `原先通过，现在未通过：${formatCount(count)} 条`,
  }),
  better: (count: number): Phrase => ({
    en: `Passes now, not before: ${formatCount(count)}`,
    zh: `原先未通过，现在通过：${formatCount(count)} 条`,
  }),
  none: { en: "none", zh: "无" },
} as const;

/** What a status in the matrix means: it speaks for all cases of the rule. */
export const cellMeanings: Readonly<Record<CaseStatus, Phrase>> = {
  passed: { en: "every case of the rule passed", zh: "该规则的用例全部通过" },
  failed: { en: "at least one case broke the rule", zh: "至少一个用例违反了规则" },
  errored: { en: "a case itself broke; says nothing about the server", zh: "用例自身出错，不说明服务器有问题" },
  couldNotRun: { en: "a prerequisite was missing", zh: "缺少前提条件" },
  interrupted: { en: "the run ended before the rule was judged", zh: "运行在判定该规则之前结束" },
  warned: { en: "broken, below the level that fails a run", zh: "违反了规则，但未达到判为失败的级别" },
  flaky: { en: "failed, and is listed as flaky", zh: "失败，但已列为不稳定" },
  knownFailing: { en: "failed, and is listed as known", zh: "失败，但已列为已知失败" },
  notApplicable: { en: "the server does not claim the rule", zh: "服务器未声明支持该规则" },
};
