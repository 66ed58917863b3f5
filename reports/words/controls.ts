import type { Phrase } from "./phrase.ts";

/** What the script in a page says by itself. */
export const controlWords = {
  theme: {
    auto: { en: "Theme: auto", zh: "主题：自动" },
    light: { en: "Theme: light", zh: "主题：浅色" },
    dark: { en: "Theme: dark", zh: "主题：深色" },
  },
  axes: {
    time: { en: "Time", zh: "时间" },
    percentile: { en: "Percentile", zh: "百分位" },
    run: { en: "Run", zh: "运行" },
  },
  allRuns: { en: "all", zh: "全部" },
  wholeRun: { en: "whole run", zh: "整个运行" },
  span: (least: string, most: string): Phrase => ({ en: `${least} to ${most}`, zh: `${least} 至 ${most}` }),
  copy: { en: "Copy", zh: "复制" },
  copied: { en: "Copied", zh: "已复制" },
  notAllowed: { en: "Not allowed: select it", zh: "浏览器不允许，请手动选择" },
  shown: (count: number): Phrase => ({ en: String(count), zh: String(count) }),
  shownOf: (count: number, all: number): Phrase => ({ en: `${count} of ${all}`, zh: `${count} / ${all}` }),
} as const;
