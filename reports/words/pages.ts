import { counted, formatCount, formatNumber } from "../numbers.ts";
import type { Phrase } from "./phrase.ts";

// What stands in the pages beside what the terminal says as well.

/** Around every page. */
export const frameWords = {
  madeBy: (tool: string): Phrase => ({
    en: `Made by ${tool} from the result file alone.`,
    zh: `由 ${tool} 仅根据结果文件生成。`,
  }),
  madeMeanwhile: (tool: string): Phrase => ({
    en: `Made by ${tool} while the run goes on.`,
    zh: `由 ${tool} 在运行期间生成。`,
  }),
  results: { en: "Results", zh: "各项结果" },
} as const;

/** Titles of pages and what they are made of. */
export const titleOf = (word: Phrase, subjects: readonly Phrase[]): Phrase => ({
  en: `${word.en}: ${subjects.map(({ en }) => en).join(", ")}`,
  zh: `${word.zh}：${subjects.map(({ zh }) => zh).join("，")}`,
});

export const titles = {
  comparison: (word: Phrase, sides: readonly string[]): Phrase => ({
    en: `${word.en}: ${sides.join(" and ")}`,
    zh: `${word.zh}：${sides.join(" 与 ")}`,
  }),
  history: (runs: number): Phrase => ({
    en: `History of ${counted(runs, "run")}`,
    zh: `${formatCount(runs)} 次运行的历史`,
  }),
  matrix: (implementations: number, rules: number): Phrase => ({
    en: `${counted(implementations, "implementation")} by ${counted(rules, "rule")}`,
    zh: `${formatCount(implementations)} 个实现，${formatCount(rules)} 条规则`,
  }),
} as const;

/** The table of what was judged together. */
export const wholeWords = {
  part: { en: "Part", zh: "部分" },
  answer: { en: "Answer", zh: "结论" },
  why: { en: "Why", zh: "原因" },
  notRun: { en: "not run", zh: "未运行" },
  gate: { en: "Gate", zh: "门禁" },
  gateInterrupted: { en: "The gate was interrupted.", zh: "门禁被中断。" },
  endedWithout: (exitCode: number): Phrase => ({
    en: `A step ended without a result, with exit code ${exitCode}.`,
    zh: `有一个步骤没有得出结果就结束了，退出码为 ${exitCode}。`,
  }),
  stepsPassed: (passed: number, all: number): Phrase => ({
    en: `${passed} of ${all} steps passed.`,
    zh: `${all} 个步骤中有 ${passed} 个通过。`,
  }),
} as const;

/** What was run, where. */
export const runWords = {
  heading: { en: "The run", zh: "本次运行" },
  target: { en: "Target", zh: "目标" },
  startedForIt: (url: string): Phrase => ({ en: `${url} (started for the run)`, zh: `${url}（为本次运行启动）` }),
  implementation: { en: "Implementation", zh: "实现" },
  notNamed: { en: "not named", zh: "未指明" },
  started: { en: "Started", zh: "开始于" },
  took: { en: "Took", zh: "用时" },
  runAndSeed: { en: "Run and seed", zh: "运行与种子" },
  machine: { en: "Machine", zh: "机器" },
  system: { en: "System", zh: "系统" },
  tool: { en: "Tool", zh: "工具" },
  setting: (name: string): Phrase => ({ en: `Target’s ${name}`, zh: `目标的 ${name}` }),
  lastLogged: { en: "What the target logged last", zh: "目标最后的日志" },
} as const;

/** A run of the suite. */
export const suiteWords = {
  failures: { en: "Failures", zh: "失败的用例" },
  couldNotRun: { en: "Could not run", zh: "无法运行的用例" },
  sections: { en: "Sections", zh: "各章节" },
  lookAtThese: { en: "Look at these, too", zh: "也请留意" },
  allCases: { en: "All cases", zh: "全部用例" },
  nothingMatches: { en: "Nothing matches.", zh: "没有匹配的用例。" },
  search: { en: "Rule, title or text ( / )", zh: "规则、标题或文字（ / ）" },
  searchLabel: { en: "Show only cases with this text", zh: "只显示含有这些文字的用例" },
  cases: (count: number): Phrase => ({ en: counted(count, "case"), zh: `${formatCount(count)} 个用例` }),
  seeAbove: { en: "See above.", zh: "见上文。" },
} as const;

/** What opens under a case. */
export const caseWords = {
  capability: (name: string): Phrase => ({ en: `capability ${name}`, zh: `能力 ${name}` }),
  fails: (failures: number, runs: number): Phrase => ({
    en: `fails ${failures} of ${runs} times`,
    zh: `${runs} 次中失败 ${failures} 次`,
  }),
  link: { en: "Link to this case", zh: "此用例的链接" },
  whatWasDone: { en: "What was done", zh: "操作步骤" },
  remarks: { en: "Remarks", zh: "备注" },
  frames: { en: "Frames", zh: "数据帧" },
  repeat: { en: "Repeat it", zh: "重新运行" },
  replay: { en: "Replay it, in the folder of this page", zh: "在本页所在的文件夹中重放" },
  expected: { en: "Expected", zh: "预期" },
  came: { en: "Came", zh: "实际" },
  connections: { en: "Connections", zh: "连接" },
  localPort: (port: number): Phrase => ({ en: `local port ${port}`, zh: `本地端口 ${port}` }),
  opened: (at: string): Phrase => ({ en: `opened ${at}`, zh: `建立于 ${at}` }),
  user: (id: string): Phrase => ({ en: `user ${id}`, zh: `用户 ${id}` }),
  marked: {
    en: "Marked: the frame in which the failure shows, or else the last that came before it.",
    zh: "标出的是显现失败的数据帧，否则是在它之前最后到来的数据帧。",
  },
  framesInOrder: (id: string): Phrase => ({ en: `Frames of ${id} in order`, zh: `${id} 按顺序排列的数据帧` }),
  bytes: (count: number): Phrase => ({ en: counted(count, "byte"), zh: `${formatCount(count)} 字节` }),
  deliberate: { en: "wrong on purpose", zh: "有意出错" },
  truncated: { en: "only the beginning", zh: "仅开头部分" },
  sends: (connection: string, command: string): Phrase => ({
    en: `${connection} sends ${command}`,
    zh: `${connection} 发送 ${command}`,
  }),
  receives: (connection: string, command: string): Phrase => ({
    en: `${connection} receives ${command}`,
    zh: `${connection} 收到 ${command}`,
  }),
  entriesBefore: (count: number): Phrase => ({
    en: `${count} entries before are in the result file`,
    zh: `此前的 ${count} 条见结果文件`,
  }),
  entriesAfter: (count: number): Phrase => ({
    en: `${count} entries after are in the result file`,
    zh: `此后的 ${count} 条见结果文件`,
  }),
} as const;

/** A load, beside its charts. */
export const loadWords = {
  overTime: { en: "Over time", zh: "随时间的变化" },
  latencyAndRates: { en: "Latency and rates", zh: "延迟与速率" },
  thresholds: { en: "Thresholds", zh: "阈值" },
  checked: { en: "What was checked", zh: "检查了什么" },
  generator: { en: "The generator", zh: "施压端" },
  ownTime: (metrics: readonly Phrase[]): Phrase => ({
    en: `The rate of ${metrics
      .map(({ en }) => en)
      .join(" and ")
      .toLowerCase()} is over its own time, from the first to the last; the others' over the measured time.`,
    zh: `${metrics.map(({ zh }) => zh).join("和")}的速率按各自从第一次到最后一次的时间计算，其余按测量时段计算。`,
  }),
  metric: { en: "Metric", zh: "指标" },
  count: { en: "Count", zh: "次数" },
  rate: { en: "Rate", zh: "速率" },
  median: { en: "Median", zh: "中位数" },
  max: { en: "Max", zh: "最大" },
  mean: { en: "Mean", zh: "平均" },
  threshold: { en: "Threshold", zh: "阈值" },
  measured: { en: "Measured", zh: "实测" },
  met: { en: "Met", zh: "满足" },
  noSample: { en: "no sample", zh: "没有样本" },
  yes: { en: "yes", zh: "是" },
  no: { en: "no", zh: "否" },
  noAndEnded: { en: "no, ended the run", zh: "否，并结束了运行" },
  notValid: { en: "not valid", zh: "无效" },
  check: { en: "Check", zh: "检查项" },
  facts: { en: "Facts", zh: "核对数" },
  violations: { en: "Violations", zh: "违规" },
  violationsOf: (count: number, check: string): Phrase => ({
    en: `${counted(count, "violation")} of ${check}`,
    zh: `检查项 ${check} 有 ${formatCount(count)} 处违规`,
  }),
  moreExamples: (count: number): Phrase => ({
    en: `${counted(count, "more example")} under “What was checked”.`,
    zh: `“检查了什么”中另有 ${formatCount(count)} 个例子。`,
  }),
  largest: { en: "Largest load that held", zh: "能承受的最大压力" },
  /** Follows the amount. */
  capacity: ({ limit, confidence }: { readonly limit: string; readonly confidence: string }): Phrase => ({
    en: `. ${limit}. Confidence: ${confidence}.`,
    zh: `。${limit}。可信度：${confidence}。`,
  }),
  clients: (count: number): Phrase => ({ en: `${formatCount(count)} clients`, zh: `${formatCount(count)} 个客户端` }),
  perSecond: (count: number): Phrase => ({ en: `${formatCount(count)}/s`, zh: `${formatCount(count)}/s` }),
  whatWasTried: { en: "What was tried", zh: "尝试过程" },
  tried: { en: "Tried", zh: "尝试" },
  held: { en: "Held", zh: "承受住" },
  whyNot: { en: "Why not", zh: "原因" },
} as const;

/** What a load was asked to do, beside what came of it. */
export const askedWords = {
  heading: { en: "Asked and done", zh: "要求与实际" },
  asked: { en: "Asked", zh: "要求" },
  target: { en: "Target", zh: "目标" },
  model: { en: "Model", zh: "模型" },
  models: {
    open: { en: "open: actions arrive by the clock", zh: "开环：动作按时钟到达" },
    closed: { en: "closed: each client waits for its answer", zh: "闭环：每个客户端等待应答" },
  },
  machine: { en: "Generator’s machine", zh: "施压端的机器" },
  runnable: (processes: number, cpus: number): Phrase => ({
    en: `${formatNumber(processes)} processes wanted to run at a time on ${counted(cpus, "processor")}`,
    zh: `${formatCount(cpus)} 个处理器上平均有 ${formatNumber(processes)} 个进程等待或正在运行`,
  }),
  pressure: (share: string): Phrase => ({
    en: `one had to wait in ${share} of the time`,
    zh: `${share} 的时间里有进程在等待`,
  }),
  steal: (share: string): Phrase => ({
    en: `the hypervisor kept ${share} of their time`,
    zh: `虚拟化平台占去了 ${share} 的处理器时间`,
  }),
  done: { en: "Done", zh: "实际" },
  clients: { en: "Clients", zh: "客户端" },
  arrivals: { en: "Arrivals", zh: "到达" },
  pace: { en: "Pace", zh: "节奏" },
  ramp: { en: "Ramp", zh: "加压" },
  warmUp: { en: "Warm-up", zh: "预热" },
  measured: { en: "Measured", zh: "测量" },
  payload: { en: "Payload", zh: "消息长度" },
  atOneTime: (peak: number, failed: number): Phrase => ({
    en: `${formatCount(peak)} at one time${failed > 0 ? `, ${formatCount(failed)} failed` : ""}`,
    zh: `同时在线最多 ${formatCount(peak)} 个${failed > 0 ? `，失败 ${formatCount(failed)} 个` : ""}`,
  }),
  againAfter: (think: string | undefined): Phrase => ({
    en: `each client again ${think ?? "at once"} after its answer`,
    zh: `每个客户端收到应答后${think === undefined ? "立即" : `经过 ${think} `}再次动作`,
  }),
  rateOf: (rate: number, metric: Phrase): Phrase => ({
    en: `${formatNumber(rate)}/s (${metric.en})`,
    zh: `${formatNumber(rate)}/s（${metric.zh}）`,
  }),
} as const;

/** How the generator itself did. */
export const generatorWords = {
  wasItTheLimit: { en: "Was it the limit?", zh: "瓶颈在施压端吗？" },
  no: { en: "no", zh: "否" },
  itWas: { en: "yes: the figures say nothing about the target", zh: "是：数据说明不了目标的任何问题" },
  itsMachineWas: {
    en: "the machine that it ran on was: the figures say nothing about the target",
    zh: "在它所在的机器：数据说明不了目标的任何问题",
  },
  workers: { en: "Workers", zh: "工作进程" },
  slices: { en: "Slices", zh: "分片" },
  cpu: { en: "CPU", zh: "处理器" },
  cores: (count: number): Phrase => ({ en: `${formatNumber(count)} cores`, zh: `${formatNumber(count)} 核` }),
  eventLoop: { en: "Event loop delay, p99", zh: "事件循环延迟 p99" },
  peakMemory: { en: "Peak memory", zh: "内存峰值" },
  memoryPerClient: { en: "Memory per client", zh: "每个客户端的内存" },
  gc: { en: "Garbage collection", zh: "垃圾回收" },
  lateSends: { en: "Late sends", zh: "迟发次数" },
  latestSend: { en: "Latest send", zh: "最迟的发送" },
  late: (ms: number): Phrase => ({ en: `${formatNumber(ms)} ms late`, zh: `晚 ${formatNumber(ms)} ms` }),
  clients: { en: "Clients", zh: "客户端" },
  failedBy: (cause: string): Phrase => ({ en: `Failed: ${cause}`, zh: `失败：${cause}` }),
} as const;

/** Where the target's own curves come from. */
export const usageWords = {
  comeFrom: (isFromSystem: boolean, url: string | undefined): Phrase[] => {
    const en = [
      ...(isFromSystem ? ["from the system that runs it"] : []),
      ...(url === undefined ? [] : [`from ${url}`]),
    ];
    const zh = [...(isFromSystem ? ["运行它的系统"] : []), ...(url === undefined ? [] : [url])];
    if (en.length === 0) return [];
    return [{ en: `The target's own figures come ${en.join(" and ")}.`, zh: `目标自身的数据来自${zh.join("和 ")}。` }];
  },
  missing: (why: string): Phrase => ({
    en: `Not all of the target's own figures can be drawn: ${why}.`,
    zh: `目标自身的数据不能全部画出：${why}。`,
  }),
} as const;
