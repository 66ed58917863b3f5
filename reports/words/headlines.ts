import { counted, formatCount } from "../numbers.ts";
import type { Outcome } from "../run-outcome.ts";
import type { Phrase } from "./phrase.ts";

// The first lines of a report: what was run, what came of it, and its three figures.

/** The target of a run that names none, when the run started it itself. */
export const referenceServer: Phrase = { en: "the reference server", zh: "参考服务器" };

/** A target whose certificate was not checked (`--insecure`). */
export function uncheckedCertificate({ en, zh }: Phrase): Phrase {
  return { en: `${en} (certificate not checked)`, zh: `${zh}（未检查证书）` };
}

export const subjects = {
  conformance: (target: Phrase): Phrase => ({
    en: `Conformance of ${target.en}`,
    zh: `一致性测试：${target.zh}`,
  }),
  load: (scenario: string, target: Phrase): Phrase => ({
    en: `Load ${scenario} on ${target.en}`,
    zh: `压力测试 ${scenario}：${target.zh}`,
  }),
} as const;

/** The outcome in a sentence where nothing more is known. */
export const plainSentences: Readonly<Record<Exclude<Outcome, "pass">, Phrase>> = {
  fail: { en: "The target failed.", zh: "目标未通过。" },
  invalid: { en: "Nothing may be concluded about the target.", zh: "不能对目标下任何结论。" },
  interrupted: { en: "Nothing was found wrong until then.", zh: "中断之前没有发现问题。" },
};

export const sentences = {
  cutShort: {
    en: "The run was interrupted; the figures cover what happened until then.",
    zh: "运行被中断，数据只涵盖中断之前的部分。",
  },
  allPassed: (cases: number): Phrase => ({
    en: `All ${counted(cases, "case")} that apply were run and none failed.`,
    zh: `适用的 ${formatCount(cases)} 个用例全部运行，无一失败。`,
  }),
  thresholdsMet: { en: "Every threshold was met and every check held.", zh: "所有阈值均已满足，所有检查项均成立。" },
  checksHeld: { en: "Every check held; no threshold was set.", zh: "所有检查项均成立；未设置阈值。" },
} as const;

/** How many cases came to what, as parts of one sentence. */
export const tallies = {
  passed: (count: number): Phrase => ({ en: `${formatCount(count)} passed`, zh: `${formatCount(count)} 个通过` }),
  warned: (count: number): Phrase => ({ en: `${formatCount(count)} warned`, zh: `${formatCount(count)} 个警告` }),
  failedAsListed: (count: number): Phrase => ({
    en: `${formatCount(count)} failed as listed`,
    zh: `${formatCount(count)} 个失败但已在名单中`,
  }),
  listedAsFlaky: (count: number): Phrase => ({
    en: `${formatCount(count)} failed and are listed as flaky`,
    zh: `${formatCount(count)} 个失败但已列为不稳定`,
  }),
  couldNotRunAsListed: (count: number): Phrase => ({
    en: `${formatCount(count)} could not run, as listed`,
    zh: `${formatCount(count)} 个无法运行但已在名单中`,
  }),
  couldNotRunAsAllowed: (count: number): Phrase => ({
    en: `${formatCount(count)} could not run, as allowed`,
    zh: `${formatCount(count)} 个无法运行（允许）`,
  }),
  warnings: (count: number): Phrase => ({ en: counted(count, "warning"), zh: `${formatCount(count)} 个警告` }),
  known: (count: number): Phrase => ({ en: `${formatCount(count)} known`, zh: `${formatCount(count)} 个已知失败` }),
  flaky: (count: number): Phrase => ({ en: `${formatCount(count)} flaky`, zh: `${formatCount(count)} 个不稳定` }),
  errored: (count: number): Phrase => ({ en: `${formatCount(count)} errored`, zh: `${formatCount(count)} 个出错` }),
  couldNotRun: (count: number): Phrase => ({
    en: `${formatCount(count)} could not run`,
    zh: `${formatCount(count)} 个无法运行`,
  }),
  interrupted: (count: number): Phrase => ({
    en: `${formatCount(count)} interrupted`,
    zh: `${formatCount(count)} 个已中断`,
  }),
  notClaimed: (count: number): Phrase => ({
    en: `${formatCount(count)} not claimed`,
    zh: `${formatCount(count)} 个未声明`,
  }),
} as const;

/** What the three figures are called, and what puts them in proportion. */
export const figureWords = {
  failed: { en: "Failed", zh: "失败" },
  passed: { en: "Passed", zh: "通过" },
  notJudged: { en: "Not judged", zh: "未判定" },
  ofApplying: (cases: number): Phrase => ({
    en: `of ${formatCount(cases)} that apply`,
    zh: `共 ${formatCount(cases)} 个适用`,
  }),
  latency: { en: "Latency", zh: "延迟" },
  tail: (metric: Phrase): Phrase => ({ en: `${metric.en}, p99`, zh: `${metric.zh} p99` }),
  nothingMeasured: { en: "nothing measured", zh: "没有测量数据" },
  spread: (median: string, longest: string): Phrase => ({
    en: `median ${median}, longest ${longest}`,
    zh: `中位数 ${median}，最长 ${longest}`,
  }),
  throughput: { en: "Throughput", zh: "吞吐量" },
  ofClients: (peak: number, requested: number): Phrase => ({
    en: `${formatCount(peak)} of ${counted(requested, "client")}`,
    zh: `${formatCount(requested)} 个客户端中的 ${formatCount(peak)} 个`,
  }),
  violations: { en: "Violations", zh: "违规" },
  factsChecked: (count: number): Phrase => ({
    en: `${formatCount(count)} facts checked`,
    zh: `核对了 ${formatCount(count)} 项`,
  }),
} as const;

/** What is measured, by the names of the metrics in the results. */
export const metricTitles: Readonly<Record<string, Phrase>> = {
  connect: { en: "Connect", zh: "连接" },
  login: { en: "Login", zh: "登录" },
  msg_ack: { en: "Acknowledgement", zh: "消息确认" },
  msg_e2e: { en: "Delivery", zh: "端到端送达" },
  fanout: { en: "Fan-out delivery", zh: "群扩散送达" },
  history: { en: "History page", zh: "历史消息页" },
  sessions: { en: "Session list", zh: "会话列表" },
  read_notify: { en: "Read receipt", zh: "已读回执" },
};
