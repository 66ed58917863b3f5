import type { Figure } from "../headline.ts";
import type { Phrase } from "./phrase.ts";

/** What a gate says of its steps, beside its answer. */
export const gateWords = {
  nothing: { en: "", zh: "" },
  againstBaseline: { en: "against the baseline", zh: "与基线比较" },
  ofStepAgainstBaseline: (step: string): Phrase => ({
    en: `${step} against the baseline`,
    zh: `${step} 与基线比较`,
  }),
  better: (count: number): Phrase => ({ en: `${count} better, none worse`, zh: `${count} 项变好，没有变差` }),
  notRun: { en: "not run", zh: "未运行" },
  noneWorse: { en: "nothing became worse", zh: "没有变差" },
  figures: (figures: readonly Pick<Figure, "label" | "value">[]): Phrase => ({
    en: figures.map(({ label, value }) => `${label.en.toLowerCase()} ${value}`).join(", "),
    zh: figures.map(({ label, value }) => `${label.zh} ${value}`).join("，"),
  }),
  noBaseline: (step: string, baseline: string): Phrase => ({
    en: `${step} has no baseline in ${baseline} yet; --update-baseline stores one`,
    zh: `${baseline} 中还没有 ${step} 的基线；用 --update-baseline 存入`,
  }),
  stored: (step: string, baseline: string): Phrase => ({
    en: `${step} is stored in ${baseline} as the baseline`,
    zh: `${step} 已作为基线存入 ${baseline}`,
  }),
  notStored: (step: string, baseline: string, verdict: "fail" | "invalid"): Phrase => ({
    en: `${step} ${verdict === "fail" ? "has failed" : "is not valid"}, so nothing is stored: its baseline in ${baseline} stays as it was`,
    zh: `${step} ${verdict === "fail" ? "失败" : "测量无效"}，因此不存储：${baseline} 中的基线保持不变`,
  }),
} as const;
