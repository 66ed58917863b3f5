import type { ConnectionTrace, MergedSlices } from "../../harness/result/index.ts";
import { formatBytes, formatCount, formatNumber } from "../numbers.ts";
import type { Phrase } from "./phrase.ts";

// What stands in the summary that a terminal shows.

/** The heads of its tables. */
export const columns = {
  section: { en: "section", zh: "章节" },
  passed: { en: "passed", zh: "通过" },
  failed: { en: "failed", zh: "失败" },
  errored: { en: "errored", zh: "出错" },
  warned: { en: "warned", zh: "警告" },
  known: { en: "known", zh: "已知失败" },
  notRun: { en: "not run", zh: "无法运行" },
  notClaimed: { en: "not claimed", zh: "未声明" },
  total: { en: "total", zh: "合计" },
  metric: { en: "metric", zh: "指标" },
  count: { en: "count", zh: "次数" },
  rate: { en: "rate", zh: "速率" },
  max: { en: "max", zh: "最大" },
  check: { en: "check", zh: "检查项" },
  facts: { en: "facts", zh: "核对数" },
  violations: { en: "violations", zh: "违规数" },
  figure: { en: "figure", zh: "指标" },
  base: { en: "base", zh: "基线" },
  candidate: { en: "new", zh: "新版" },
  change: { en: "change", zh: "变化" },
  interval: { en: "95% interval", zh: "95% 区间" },
} as const;

export const summaryLines = {
  /** The last line of a summary. Programs look for the English one. */
  repeat: (command: string): Phrase => ({ en: `repeat: ${command}`, zh: `重新运行：${command}` }),
  replay: (command: string): Phrase => ({ en: `replay: ${command}`, zh: `重放：${command}` }),
  more: (count: number): Phrase => ({ en: `… and ${count} more`, zh: `…… 另有 ${count} 个` }),
  moreInReport: (count: number, status: Phrase): Phrase => ({
    en: `… and ${count} more ${status.en}; see the report`,
    zh: `…… 另有 ${count} 个${status.zh}，见报告`,
  }),
  met: (condition: string, value: string | undefined): Phrase => ({
    en: `${condition}, measured ${value ?? "nothing"}`,
    zh: value === undefined ? `${condition}，没有测量数据` : `${condition}，实测 ${value}`,
  }),
  /** Two words of the same width, before each threshold. */
  isMet: { en: "met    ", zh: "满足" },
  isCrossed: { en: "crossed", zh: "超出" },
  clients: { en: "clients", zh: "客户端" },
  generator: { en: "generator", zh: "施压端" },
  ofClients: (requested: number, peak: number, failed: number): Phrase => ({
    en: `${formatCount(requested)} asked for, ${formatCount(peak)} at one time, ${formatCount(failed)} failed`,
    zh: `要求 ${formatCount(requested)} 个，同时在线最多 ${formatCount(peak)} 个，失败 ${formatCount(failed)} 个`,
  }),
  workers: (count: number): Phrase => ({
    en: `${formatCount(count)} worker${count === 1 ? "" : "s"}`,
    zh: `${formatCount(count)} 个工作进程`,
  }),
  cores: (count: number): Phrase => ({ en: `${formatNumber(count)} cores`, zh: `${formatNumber(count)} 核` }),
  bytesPerClient: (bytes: number): Phrase => ({
    en: `${formatBytes(bytes)} per client`,
    zh: `每个客户端 ${formatBytes(bytes)}`,
  }),
  slices: { en: "slices", zh: "分片" },
  ofSlices: ({ of, merged, clocksApartMs }: MergedSlices): Phrase => ({
    en: `${formatCount(merged.length)} of ${formatCount(of)}, ${clocksApartMs === undefined ? "the clocks of their machines not compared, since the target told no time" : `the clocks of their machines ${formatNumber(clocksApartMs)} ms apart at most`}`,
    zh: `共 ${formatCount(of)} 片，合并了 ${formatCount(merged.length)} 片，${clocksApartMs === undefined ? "目标没有告知时间，因此未比较各机器的时钟" : `各机器的时钟最多相差 ${formatNumber(clocksApartMs)} ms`}`,
  }),
  oneSlice: (index: number, of: number): Phrase => ({
    en: `this is slice ${formatCount(index)} of ${formatCount(of)}; thresholds are judged by cupping merge`,
    zh: `这是第 ${formatCount(index)} 片，共 ${formatCount(of)} 片；阈值由 cupping merge 判定`,
  }),
  machineWasTheLimit: { en: "THE MACHINE WAS THE LIMIT", zh: "瓶颈在施压端所在的机器" },
  generatorWasTheLimit: { en: "IT WAS THE LIMIT", zh: "瓶颈在施压端" },
  capacity: (
    of: "rate" | "clients",
    { found, limit, confidence }: { readonly found: number; readonly limit: string; readonly confidence: string },
  ): Phrase => ({
    en: `largest ${of} that held: ${formatCount(found)}${of === "rate" ? "/s" : " clients"}; limit: ${limit} (${confidence})`,
    zh: `能承受的最大${of === "rate" ? `速率：${formatCount(found)}/s` : `客户端数：${formatCount(found)}`}；瓶颈：${limit}（${confidence}）`,
  }),
} as const;

/** What a comparison tells beside its figures. */
export const comparisonLines = {
  against: (candidate: Phrase, base: Phrase): Phrase => ({
    en: `${candidate.en} against ${base.en}`,
    zh: `${candidate.zh} 对比 ${base.zh}`,
  }),
  /** @param facts where it was read from, its label and how many runs it has */
  side: (role: Phrase, name: string, facts: Phrase): Phrase => ({
    en: `${role.en}: ${name}${facts.en === "" ? "" : ` (${facts.en})`}`,
    zh: `${role.zh}：${name}${facts.zh === "" ? "" : `（${facts.zh}）`}`,
  }),
  countOfRuns: (count: number): Phrase => ({ en: `${count} runs`, zh: `${count} 次运行` }),
  tolerated: (what: Phrase): Phrase => ({ en: `tolerated: ${what.en}`, zh: `容差：${what.zh}` }),
  /** Shares with the figures for which each is tolerated. */
  tolerances: (byShare: readonly { readonly share: string; readonly figures: readonly string[] }[]): Phrase => ({
    en: byShare.map(({ share, figures }) => `${share} for ${figures.join(", ")}`).join("; "),
    zh: byShare.map(({ share, figures }) => `${figures.join("、")} 为 ${share}`).join("；"),
  }),
  span: (low: string, high: string): Phrase => ({ en: `${low} to ${high}`, zh: `${low} 至 ${high}` }),
  absent: { en: "absent", zh: "没有" },
  runs: (name: string, count: number): Phrase => ({ en: `${name} (${count} runs)`, zh: `${name}（${count} 次运行）` }),
} as const;

/** What is told of a case that failed. */
export const failureWords = {
  whatWasDone: { en: "what was done:", zh: "操作步骤：" },
  connection: ({ name, localPort, openedAt, userId }: ConnectionTrace): Phrase => ({
    en:
      `connection ${name}: local port ${localPort ?? "unknown"}` +
      `${openedAt === undefined ? "" : `, opened ${openedAt}`}${userId === undefined ? "" : `, user ${userId}`}`,
    zh:
      `连接 ${name}：本地端口 ${localPort ?? "未知"}` +
      `${openedAt === undefined ? "" : `，建立于 ${openedAt}`}${userId === undefined ? "" : `，用户 ${userId}`}`,
  }),
  expected: (text: string): Phrase => ({ en: `expected: ${text}`, zh: `预期：${text}` }),
  expectedOneOf: { en: "expected, one of:", zh: "预期为以下之一：" },
  actual: (text: string): Phrase => ({ en: `actual:   ${text}`, zh: `实际：${text}` }),
  remark: (text: string): Phrase => ({ en: `remark:   ${text}`, zh: `备注：${text}` }),
  howOften: (failures: number, runs: number): Phrase => ({
    en: `fails ${failures} of ${runs}${failures < runs ? " (race)" : ""}`,
    zh: `${runs} 次运行中失败 ${failures} 次${failures < runs ? "（竞态）" : ""}`,
  }),
  trace: { en: "trace:", zh: "数据帧：" },
  entriesLeftOut: (count: number): Phrase => ({ en: `  … ${count} entries`, zh: `  …… 省略 ${count} 条` }),
} as const;
