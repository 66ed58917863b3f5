import { counted, formatCount } from "../numbers.ts";
import { asIs, type Phrase } from "./phrase.ts";

const and = (names: readonly Phrase[]): Phrase => ({
  en: names.map(({ en }) => en).join(" and "),
  zh: names.map(({ zh }) => zh).join("和"),
});

const commas = (names: readonly Phrase[]): Phrase => ({
  en: names.map(({ en }) => en).join(", "),
  zh: names.map(({ zh }) => zh).join("、"),
});

/** What charts are called and what their lines are. */
export const chartWords = {
  all: { en: "all", zh: "全部" },
  median: { en: "median", zh: "中位数" },
  max: { en: "max", zh: "最大" },
  latencyOverTime: { en: "Latency over time", zh: "延迟随时间的变化" },
  latencySummary: (
    metric: Phrase,
    { median, tail, longest }: { readonly median: string; readonly tail: string; readonly longest: string },
  ): Phrase => ({
    en: `${metric.en} latency over time. Over the whole run the median was ${median}, p99 ${tail} and the longest ${longest}.`,
    zh: `${metric.zh}的延迟随时间的变化。整个运行的中位数为 ${median}，p99 为 ${tail}，最长 ${longest}。`,
  }),
  distribution: { en: "Latency distribution", zh: "延迟分布" },
  distributionOf: (metric: Phrase): Phrase => ({ en: `${metric.en}, distribution`, zh: `${metric.zh}：分布` }),
  distributionSummary: (of: readonly Phrase[]): Phrase => ({
    en: `Latency by percentile on a logarithmic percentile axis, for ${commas(of).en}.`,
    zh: `${commas(of).zh}的各百分位延迟，百分位轴为对数。`,
  }),
  throughput: { en: "Throughput", zh: "吞吐量" },
  upTo: (rate: Phrase, most: string): Phrase => ({ en: `${rate.en} up to ${most}`, zh: `${rate.zh}最高 ${most}` }),
  throughputSummary: (of: readonly Phrase[]): Phrase => ({
    en: `Events per second over time: ${commas(of).en}.`,
    zh: `每秒事件数随时间的变化：${commas(of).zh}。`,
  }),
  throughputOf: (sides: readonly Phrase[]): Phrase => ({
    en: `Events per second over time, of ${and(sides).en}.`,
    zh: `${and(sides).zh}每秒事件数随时间的变化。`,
  }),
  comingUp: { en: "Connects and logins", zh: "连接与登录" },
  comingUpSummary: (rates: readonly Phrase[]): Phrase => ({
    en: `Connects and logins per second, from the first to the last; over that time ${commas(rates).en}.`,
    zh: `从第一次到最后一次的每秒连接数与登录数；这段时间内 ${commas(rates).zh}。`,
  }),
  rateOf: (metric: Phrase, rate: string): Phrase => ({ en: `${metric.en} ${rate}`, zh: `${metric.zh} ${rate}` }),
  clients: { en: "Clients", zh: "客户端" },
  clientsSummary: (peak: number): Phrase => ({
    en: `Clients logged in over time, ${peak} at most.`,
    zh: `已登录客户端数随时间的变化，最多 ${formatCount(peak)} 个。`,
  }),
  loggedIn: { en: "logged in", zh: "已登录" },
  errors: { en: "Errors by kind", zh: "各类错误" },
  errorsSummary: (kinds: readonly Phrase[]): Phrase => ({
    en: `Errors over time: ${commas(kinds).en}.`,
    zh: `错误随时间的变化：${commas(kinds).zh}。`,
  }),
  violations: { en: "violations", zh: "违规" },
  cpu: { en: "CPU", zh: "处理器" },
  eventLoop: { en: "Event loop delay, p99", zh: "事件循环延迟 p99" },
  memory: { en: "Resident memory", zh: "常驻内存" },
  generator: { en: "generator", zh: "施压端" },
  target: { en: "target", zh: "目标" },
  processSummary: (title: Phrase, of: readonly Phrase[]): Phrase => ({
    en: `${title.en} of ${and(of).en} over time.`,
    zh: `${and(of).zh}的${title.zh}随时间的变化。`,
  }),
  medianOverTime: { en: "Median over time", zh: "中位数随时间的变化" },
  tailOverTime: { en: "p99 over time", zh: "p99 随时间的变化" },
  ofSides: (title: Phrase, sides: readonly Phrase[]): Phrase => ({
    en: `${title.en}, of ${and(sides).en}.`,
    zh: `${and(sides).zh}：${title.zh}。`,
  }),
  trend: (
    figure: Phrase,
    runs: number,
    of: Phrase,
    { from, to }: { readonly from: string; readonly to: string },
  ): Phrase => ({
    en: `${figure.en} over ${counted(runs, "run")} of ${of.en}: from ${from} to ${to}.`,
    zh: `${of.zh}的 ${formatCount(runs)} 次运行中，${figure.zh}从 ${from} 到 ${to}。`,
  }),
  whatItShows: (title: Phrase): Phrase => ({ en: `What ${title.en} shows`, zh: `“${title.zh}”显示的内容` }),
  logScale: { en: "log scale", zh: "对数刻度" },
  values: (title: Phrase): Phrase => ({ en: `Values of ${title.en.toLowerCase()}`, zh: `${title.zh}的数值` }),
  everyPoint: (view: Phrase, ordinal: string, step: number): Phrase => ({
    en: `${view.en}, every ${ordinal} point`,
    zh: `${view.zh}，每 ${step} 个点取一个`,
  }),
} as const;

/** The phases of a run, as results name them. */
const phaseWords: Readonly<Record<string, Phrase>> = {
  ramp: { en: "ramp", zh: "加压" },
  "warm-up": { en: "warm-up", zh: "预热" },
  steady: { en: "steady", zh: "测量" },
  traffic: { en: "traffic", zh: "测量" },
  drain: { en: "drain", zh: "收尾" },
  audit: { en: "audit", zh: "对账" },
  "bringing clients up": { en: "bringing clients up", zh: "客户端上线" },
  preparing: { en: "preparing", zh: "准备" },
  draining: { en: "draining", zh: "收尾" },
  auditing: { en: "auditing", zh: "对账" },
  closing: { en: "closing", zh: "关闭" },
};

/** A phase of a run; what a result calls otherwise stands as it is. */
export function phasePhrase(name: string): Phrase {
  return phaseWords[name] ?? asIs(name);
}

/** What is counted a second, as results name it. */
const rateWords: Readonly<Record<string, Phrase>> = {
  sent: { en: "sent", zh: "发送" },
  acknowledged: { en: "acknowledged", zh: "确认" },
  delivered: { en: "delivered", zh: "送达" },
  logins: { en: "logins", zh: "登录" },
  heartbeats: { en: "heartbeats", zh: "心跳" },
  errors: { en: "errors", zh: "错误" },
  disconnects: { en: "disconnects", zh: "断线" },
};

/** A rate; one of a scenario's own stands as it is. */
export function ratePhrase(name: string): Phrase {
  return rateWords[name] ?? asIs(name);
}
