import type { Change } from "../compare/comparison.ts";
import { counted, formatCount } from "../numbers.ts";
import type { Phrase } from "./phrase.ts";

// What stands in the page of a comparison beside what the terminal says as well.

export const comparisonPageWords = {
  against: (candidate: Phrase, base: Phrase): Phrase => ({
    en: `${candidate.en} against ${base.en}`,
    zh: `${candidate.zh} 与 ${base.zh} 比较`.replaceAll("） ", "）"),
  }),
  sideOfRuns: (name: string, runs: number): Phrase => ({
    en: `${name}, ${counted(runs, "run")}`,
    zh: `${name}（${formatCount(runs)} 次运行）`,
  }),
  nothingWorse: {
    en: "Nothing became worse by more than is tolerated.",
    zh: "没有任何一项变差超出容差。",
  },
  moreBelow: (count: number): Phrase => ({
    en: `and ${formatCount(count)} more, see below`,
    zh: `另有 ${formatCount(count)} 条，见下文`,
  }),
  figures: { en: "Figures", zh: "各项指标" },
  changedCases: { en: "Cases that changed", zh: "结果有变化的用例" },
  bothSides: { en: "Both sides", zh: "两侧对照" },
  notCompared: {
    en: "What each measured for itself: it is not compared.",
    zh: "两侧各自的测量数据，未作比较。",
  },
  overlaid: { en: "Over each other", zh: "曲线叠加" },
  figure: { en: "Figure", zh: "指标" },
  base: { en: "Base", zh: "基线" },
  candidate: { en: "New", zh: "新版" },
  sideNamed: (side: Phrase, name: string): Phrase => ({ en: `${side.en}: ${name}`, zh: `${side.zh}：${name}` }),
  change: { en: "Change, 95% interval", zh: "变化及 95% 区间" },
  drawing: { en: "Change against the base", zh: "相对基线的变化" },
  outcome: { en: "Outcome", zh: "结论" },
  tolerated: (tolerance: Phrase): Phrase => ({ en: `tolerated (${tolerance.en})`, zh: `容差范围（${tolerance.zh}）` }),
  interval: {
    en: "where the change lies with 95% confidence, the dot as measured",
    zh: "变化以 95% 置信度落在此范围内，圆点为实测值",
  },
  rule: { en: "Rule", zh: "规则" },
  case: { en: "Case", zh: "用例" },
  absent: { en: "absent", zh: "没有此用例" },
  notSet: { en: "not set", zh: "未设置" },
} as const;

/** How many figures and cases came to what, above the table; what is the same is not counted. */
export const changeTotals: Readonly<
  Record<Exclude<Change, "same">, { readonly label: Phrase; readonly note: Phrase }>
> = {
  worse: {
    label: { en: "Worse", zh: "变差" },
    note: { en: "beyond the tolerance, surely", zh: "确定超出容差" },
  },
  better: {
    label: { en: "Better", zh: "变好" },
    note: { en: "beyond the tolerance, surely", zh: "确定超出容差" },
  },
  unsure: {
    label: { en: "Unsure", zh: "不确定" },
    note: { en: "too noisy, or not judged", zh: "波动太大或未判定" },
  },
};

/** What tells one side from the other. */
export const sideWords = {
  file: { en: "File", zh: "文件" },
  label: { en: "Label", zh: "标签" },
  target: { en: "Target", zh: "目标" },
  runs: { en: "Runs", zh: "运行" },
  started: { en: "Started", zh: "开始于" },
  verdict: { en: "Verdict", zh: "结论" },
  scenario: { en: "Scenario", zh: "场景" },
  scenarioWithModel: (scenario: string, model: "open" | "closed"): Phrase => ({
    en: `${scenario}, ${model} model`,
    zh: `${scenario}，${model === "open" ? "开环" : "闭环"}模型`,
  }),
  clients: { en: "Clients", zh: "客户端" },
  rate: { en: "Rate asked for", zh: "要求的速率" },
  took: { en: "Took", zh: "用时" },
  ruleSet: { en: "Rule set", zh: "规则集" },
  cases: { en: "Cases", zh: "用例" },
  countOfCases: (count: number): Phrase => ({ en: counted(count, "case"), zh: `${formatCount(count)} 个用例` }),
  machine: { en: "Machine", zh: "机器" },
  period: (first: string, last: string): Phrase => ({ en: `${first} to ${last}`, zh: `${first} 至 ${last}` }),
  /** A field of the metric that speaks for the run. */
  measured: (metric: Phrase, field: Phrase): Phrase => ({
    en: `${metric.en}, ${field.en}`,
    zh: `${metric.zh}：${field.zh}`,
  }),
  tail: { en: "p99", zh: "p99" },
  median: { en: "median", zh: "中位数" },
  throughput: { en: "rate", zh: "速率" },
} as const;
