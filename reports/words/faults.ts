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

/** What the page of faults says beside the first lines. */
export const faultPageWords = {
  broken: { en: "Broken guarantees", zh: "被破坏的保证" },
  faultsByGuarantees: { en: "Faults by guarantees", zh: "各故障下的保证" },
  overTime: { en: "Over time", zh: "随时间的变化" },
  fault: { en: "Fault", zh: "故障" },
  brokenBy: (count: number): Phrase => ({
    en: `${counted(count, "guarantee")} broken`,
    zh: `${formatCount(count)} 项保证被破坏`,
  }),
} as const;

/** What became of one guarantee after one fault. */
export const guaranteeOutcomes: Readonly<Partial<Record<CaseStatus, Phrase>>> = {
  passed: { en: "kept", zh: "守住" },
  failed: { en: "broken", zh: "被破坏" },
  couldNotRun: { en: "not known", zh: "情况不明" },
};

/** The course of a fault, in sentences and in the keys of its drawing. */
export const courseWords = {
  /** @param well whether all was well again, and how long after the fault was over */
  moments: (broken: string, over: string, well: Phrase): Phrase => ({
    en: `broken at ${broken}, over at ${over}, ${well.en}`,
    zh: `${broken} 时发生故障，${over} 时故障结束，${well.zh}`,
  }),
  wellAfter: (duration: string): Phrase => ({ en: `all well ${duration} later`, zh: `${duration} 后全部恢复` }),
  notWell: (duration: string): Phrase => ({
    en: `not all well when ${duration} more had passed`,
    zh: `又过了 ${duration} 仍未全部恢复`,
  }),
  withFigures: (moments: Phrase, figures: Phrase): Phrase => ({
    en: `${moments.en}; ${figures.en}`,
    zh: `${moments.zh}；${figures.zh}`,
  }),
  acknowledged: (acknowledged: number, sent: number): Phrase => ({
    en: `${formatCount(acknowledged)} of ${formatCount(sent)} acknowledged`,
    zh: `发送 ${formatCount(sent)} 条，确认 ${formatCount(acknowledged)} 条`,
  }),
  refused: (count: number): Phrase => ({ en: `${formatCount(count)} refused`, zh: `拒绝 ${formatCount(count)} 条` }),
  brokenConnections: (count: number): Phrase => ({
    en: counted(count, "broken connection"),
    zh: `断开连接 ${formatCount(count)} 次`,
  }),
  theFault: { en: "the fault", zh: "故障期间" },
  untilWell: { en: "until all was well again", zh: "故障结束到全部恢复" },
  answered: (interval: string): Phrase => ({
    en: `messages answered, per ${interval}`,
    zh: `每 ${interval} 得到应答的消息数`,
  }),
} as const;

const guaranteeNames: Readonly<Record<string, string>> = {
  "all-acknowledged": "全部确认",
  "none-lost": "无丢失",
  "none-half-refused": "拒绝不留痕",
  "none-doubled": "无重复",
  "order-kept": "顺序不变",
  "delivered-once": "恰好送达一次",
  "unread-exact": "未读数准确",
};

/** What a guarantee is called, e.g. `none lost`. */
export function guaranteeName(name: string): Phrase {
  const en = name.replaceAll("-", " ");
  return { en, zh: guaranteeNames[name] ?? en };
}

/** What faults do and what must hold after them, as results say it. */
const titles: Readonly<Record<string, string>> = {
  "clients come back, and every message is acknowledged in the end": "客户端都能恢复，且每条消息最终都得到确认",
  "every acknowledged message is in history under its id": "每条已确认的消息都以其 ID 存在于历史中",
  "a message that was refused leaves no trace": "被拒绝的消息不留任何痕迹",
  "a message that was sent again is stored once": "重发的消息只存储一次",
  "each sender's messages stand in the order of sending": "每个发送者的消息按发送顺序排列",
  "each receiver gets every message exactly once, live or from history":
    "每个接收者恰好收到每条消息一次，无论是实时推送还是来自历史",
  "unread count and newest message are exact afterwards": "之后的未读数与最新消息准确无误",
  "the server is killed (SIGKILL) in the middle of traffic and started again":
    "在收发消息的过程中杀死服务器（SIGKILL），然后重新启动",
  "the server is killed again while clients are still coming back": "客户端尚在恢复时，服务器再次被杀死",
  "messages arrive, their acknowledgements do not, and then the server is killed and started again":
    "消息到达而确认未到，随后服务器被杀死并重新启动",
  "the server is stopped in order and started again": "服务器正常停止，然后重新启动",
  "the server is paused (SIGSTOP) for longer than clients wait, then resumed":
    "服务器被暂停（SIGSTOP），时间超过客户端的等待时限，然后继续运行",
  "not a byte is left on the server's disk for a while": "服务器的磁盘一度没有任何剩余空间",
  "the disk is full, and the server is killed and started again when there is room":
    "磁盘已满，服务器被杀死，腾出空间后重新启动",
  "every connection is reset three times in a row": "所有连接连续三次被重置",
  "connections break, and new ones are refused for a while": "连接断开，且一段时间内拒绝新连接",
  "nothing passes for longer than clients wait; what was sent meanwhile arrives afterwards":
    "网络中断时间超过客户端的等待时限，期间发送的数据事后才到达",
  "what the server sends vanishes: messages arrive, acknowledgements do not":
    "服务器发出的数据全部丢失：消息到达，确认不到达",
  "what clients send vanishes, pushes still arrive": "客户端发出的数据全部丢失，推送仍然到达",
  "each way takes 100 to 250 ms": "每个方向延迟 100 至 250 ms",
  "each connection passes 4 KB a second and way": "每个连接每个方向每秒只通过 4 KB",
  "a bad mobile network: latency, little bandwidth, and connections that break again and again":
    "糟糕的移动网络：延迟高、带宽小、连接反复断开",
};

/** A fault or a guarantee in one sentence; what is not known here stays as the result says it. */
export function faultSentence(title: string): Phrase {
  const [, service, end] =
    /^the service (\S+) is (killed \(SIGKILL\) and started again|paused, then resumed)$/.exec(title) ?? [];
  if (service !== undefined) {
    const zh = end?.startsWith("killed") ? "被杀死（SIGKILL）后重新启动" : "被暂停，然后继续运行";
    return { en: title, zh: `服务 ${service} ${zh}` };
  }
  return { en: title, zh: titles[title] ?? title };
}
