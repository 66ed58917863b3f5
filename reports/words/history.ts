import { counted, formatCount } from "../numbers.ts";
import { asIs, lowerCase, type Phrase } from "./phrase.ts";
import { statusWords } from "./verdicts.ts";

/** What stands in the page of many runs. */
export const historyWords = {
  heading: { en: "History", zh: "历史" },
  runs: (count: number): Phrase => ({ en: counted(count, "run"), zh: `${formatCount(count)} 次运行` }),
  newest: (started: string, outcome: Phrase): Phrase => ({
    en: `The newest started ${started} and ended with: ${lowerCase(outcome).en}.`,
    zh: `最近一次开始于 ${started}，结果：${outcome.zh}。`,
  }),
  load: (scenario: string, target: string): Phrase => ({
    en: `Load ${scenario} of ${target}`,
    zh: `${target} 的压力测试 ${scenario}`,
  }),
  faults: (target: string): Phrase => ({ en: `Faults of ${target}`, zh: `${target} 的故障注入` }),
  conformance: (target: string): Phrase => ({ en: `Conformance of ${target}`, zh: `${target} 的一致性测试` }),
  runsOf: (line: Phrase): Phrase => ({ en: `Runs of ${line.en}`, zh: `${line.zh}：各次运行` }),
  run: { en: "Run", zh: "运行" },
  started: { en: "Started", zh: "开始于" },
  verdict: { en: "Verdict", zh: "结论" },
  partial: (outcome: Phrase): Phrase => ({ en: `${outcome.en}, partial`, zh: `${outcome.zh}（不完整）` }),
} as const;

/** The groups in which a result keeps its figures. */
const groups: Readonly<Record<string, Phrase>> = {
  summary: { en: "Cases", zh: "用例" },
  checks: { en: "Check", zh: "检查项" },
  clients: { en: "Clients", zh: "客户端" },
  harness: { en: "Generator", zh: "施压端" },
  run: { en: "Run", zh: "运行" },
};

const fields: Readonly<Record<string, Phrase>> = {
  ...statusWords,
  total: { en: "total", zh: "合计" },
  violations: { en: "violations", zh: "违规" },
  checked: { en: "checked", zh: "核对数" },
  requested: { en: "requested", zh: "要求数" },
  peak: { en: "peak", zh: "峰值" },
  bytesPerClient: { en: "memory per client", zh: "每个客户端的内存" },
  rssPeakBytes: { en: "peak memory", zh: "内存峰值" },
  cpu: { en: "CPU", zh: "处理器" },
  eventLoopDelayMs: { en: "event loop delay", zh: "事件循环延迟" },
  workers: { en: "workers", zh: "工作进程" },
  durationMs: { en: "duration", zh: "时长" },
  rate: { en: "rate", zh: "速率" },
  count: { en: "count", zh: "次数" },
  max: { en: "max", zh: "最大" },
  min: { en: "min", zh: "最小" },
  mean: { en: "mean", zh: "平均" },
};

/**
 * What a figure is called.
 * @param metric the title of the metric that has the field, where it is none of the groups
 */
export function figureTitle(group: string, field: string, metric: Phrase): Phrase {
  const of = groups[group] ?? metric;
  const what = fields[field] ?? asIs(field);
  const between = /^\p{Script=Han}/u.test(what.zh) ? "：" : " ";
  return { en: `${of.en} ${what.en}`, zh: of.zh + between + what.zh };
}

/** Whether figures of this group are no metric's. */
export function isGroup(group: string): boolean {
  return group in groups;
}
