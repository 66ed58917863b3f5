import type { CaseStatus } from "../../harness/result/index.ts";
import { counted, formatCount } from "../numbers.ts";
import type { Phrase } from "./phrase.ts";

/** What became of a fault that was not inflicted to its end, by the status of its cases. */
export const unrunFaultWords: Readonly<Partial<Record<CaseStatus, Phrase>>> = {
  notApplicable: { en: "left out", zh: "已略过" },
  errored: { en: "could not be inflicted", zh: "无法注入" },
  couldNotRun: { en: "nothing is known", zh: "情况不明" },
  interrupted: { en: "interrupted", zh: "已中断" },
};

/** The heads of the table of faults in a terminal. */
export const faultColumns = {
  fault: { en: "fault", zh: "故障" },
  sent: { en: "sent", zh: "已发送" },
  acknowledged: { en: "acknowledged", zh: "已确认" },
  breaks: { en: "breaks", zh: "断线" },
  wellAfter: { en: "well after", zh: "恢复用时" },
  kept: { en: "kept", zh: "守住" },
  never: { en: "never", zh: "未恢复" },
} as const;

/** The first lines of a report on faults. */
export const faultHeadline = {
  subject: (target: Phrase): Phrase => ({ en: `Faults on ${target.en}`, zh: `故障注入：${target.zh}` }),
  allKept: (faults: number): Phrase => ({
    en: `Every guarantee was kept through ${counted(faults, "fault")}.`,
    zh: `经历 ${formatCount(faults)} 种故障，所有保证均已守住。`,
  }),
  broken: { en: "Guarantees broken", zh: "被破坏的保证" },
  kept: (count: number): Phrase => ({ en: `${formatCount(count)} kept`, zh: `守住 ${formatCount(count)} 项` }),
  inflicted: { en: "Faults inflicted", zh: "已注入的故障" },
  ofFaults: (count: number): Phrase => ({ en: `of ${formatCount(count)}`, zh: `共 ${formatCount(count)} 种` }),
  leftOut: (count: number): Phrase => ({ en: `${formatCount(count)} left out`, zh: `略过 ${formatCount(count)} 种` }),
  notKnown: { en: "Not known", zh: "情况不明" },
  ofGuarantees: (count: number): Phrase => ({
    en: `of ${counted(count, "guarantee")}`,
    zh: `共 ${formatCount(count)} 项保证`,
  }),
  messagesSent: (count: number): Phrase => ({
    en: `${counted(count, "message")} sent`,
    zh: `发送了 ${formatCount(count)} 条消息`,
  }),
} as const;
