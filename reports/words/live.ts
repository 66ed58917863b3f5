import type { Phrase } from "./phrase.ts";

/** What the page of a running load says beside what a report says as well. */
export const liveWords = {
  waiting: { en: "waiting for the target", zh: "等待目标" },
  title: (phase: Phrase, subject: Phrase): Phrase => ({
    en: `${phase.en}: ${subject.en}`,
    zh: `${phase.zh}：${subject.zh}`,
  }),
  elapsed: (elapsed: string, left: string | undefined): Phrase => ({
    en: `${elapsed} since it began${left === undefined ? "" : `, ${left} of traffic left`}.`,
    zh: `已开始 ${elapsed}${left === undefined ? "" : `，测量还剩 ${left}`}。`,
  }),
  nothingYet: { en: "nothing in the last second", zh: "最近一秒没有数据" },
  lastSecond: (median: string): Phrase => ({ en: `median ${median}, last second`, zh: `最近一秒，中位数 ${median}` }),
  clients: { en: "Clients", zh: "客户端" },
  messages: (sent: number, delivered: number): Phrase => ({
    en: `${sent} sent, ${delivered} delivered a second`,
    zh: `每秒发送 ${sent} 条，送达 ${delivered} 条`,
  }),
  logins: (count: number): Phrase => ({ en: `${count} logins a second`, zh: `每秒 ${count} 次登录` }),
  errors: (count: number): Phrase => ({ en: `${count} errors`, zh: `${count} 个错误` }),
  overTime: { en: "Over time", zh: "随时间的变化" },
  needsScript: {
    en: "This page is drawn by its script; without one, read what the terminal says.",
    zh: "本页由脚本绘制；未启用脚本时请看终端输出。",
  },
} as const;

/** The button that ends the run, and what is said beside it. */
export const stopWords = {
  stop: { en: "Stop the run", zh: "停止运行" },
  whatItDoes: {
    en: "Stopping drains what is in flight, and the report is written as ever.",
    zh: "停止时会等待已发出的请求完成，报告照常写出。",
  },
  stopping: { en: "Stopping: what is in flight is waited for.", zh: "正在停止：等待已发出的请求完成。" },
  noAnswer: {
    en: "The run does not answer. If it has been ended, its report is in its result folder.",
    zh: "运行没有应答。如果它已结束，报告在其结果文件夹中。",
  },
  notTaken: {
    en: "The run did not take it. Press Ctrl-C where it was started.",
    zh: "运行没有接受停止请求。请在启动它的终端按 Ctrl-C。",
  },
  notStopped: {
    en: "The run does not answer. Press Ctrl-C where it was started.",
    zh: "运行没有应答。请在启动它的终端按 Ctrl-C。",
  },
  endedWithoutReport: {
    en: "The run has ended without a report. The terminal says why.",
    zh: "运行已结束，但没有报告。原因见终端输出。",
  },
} as const;
