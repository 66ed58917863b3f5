import type { Phrase } from "./phrase.ts";

/** What the figures of a running load say beside those of a report. */
export const liveWords = {
  nothingYet: { en: "nothing in the last second", zh: "最近一秒没有数据" },
  lastSecond: (median: string): Phrase => ({ en: `median ${median}, last second`, zh: `最近一秒，中位数 ${median}` }),
  clients: { en: "Clients", zh: "客户端" },
  messages: (sent: number, delivered: number): Phrase => ({
    en: `${sent} sent, ${delivered} delivered a second`,
    zh: `每秒发送 ${sent} 条，送达 ${delivered} 条`,
  }),
  logins: (count: number): Phrase => ({ en: `${count} logins a second`, zh: `每秒 ${count} 次登录` }),
  errors: (count: number): Phrase => ({ en: `${count} errors`, zh: `${count} 个错误` }),
} as const;
