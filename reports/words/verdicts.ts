import type { CaseStatus, Verdict } from "../../harness/result/index.ts";
import type { Change } from "../compare/comparison.ts";
import type { Outcome } from "../run-outcome.ts";
import type { Phrase } from "./phrase.ts";

/** What a run came to. */
export const outcomeWords: Readonly<Record<Outcome, Phrase>> = {
  pass: { en: "Passed", zh: "通过" },
  fail: { en: "Failed", zh: "失败" },
  invalid: { en: "Not valid", zh: "无效" },
  interrupted: { en: "Interrupted", zh: "已中断" },
};

/** Statuses from what needs a look first to what needs none. */
export const statusWords: Readonly<Record<CaseStatus, Phrase>> = {
  failed: { en: "failed", zh: "失败" },
  errored: { en: "errored", zh: "出错" },
  couldNotRun: { en: "could not run", zh: "无法运行" },
  interrupted: { en: "interrupted", zh: "已中断" },
  warned: { en: "warned", zh: "警告" },
  flaky: { en: "flaky", zh: "不稳定" },
  knownFailing: { en: "known failing", zh: "已知失败" },
  notApplicable: { en: "not claimed", zh: "未声明" },
  passed: { en: "passed", zh: "通过" },
};

/** The verdict of a comparison. */
export const comparisonWords: Readonly<Record<Verdict, Phrase>> = {
  pass: { en: "No regression", zh: "没有退化" },
  fail: { en: "Regression", zh: "出现退化" },
  invalid: { en: "No answer", zh: "无法得出结论" },
};

/** What is said of one figure or case of a comparison. */
export const changeWords: Readonly<Record<Change, Phrase>> = {
  worse: { en: "worse", zh: "变差" },
  better: { en: "better", zh: "变好" },
  same: { en: "same", zh: "不变" },
  unsure: { en: "unsure", zh: "不确定" },
};

/** What a part of a gate came to. */
export const partWords: Readonly<Record<Outcome, Phrase>> = {
  pass: { en: "passed", zh: "通过" },
  fail: { en: "FAILED", zh: "失败" },
  invalid: { en: "not valid", zh: "无效" },
  interrupted: { en: "cut short", zh: "已中断" },
};

/** What a gate answers. */
export const gateAnswers: Readonly<Record<Outcome, Phrase>> = {
  pass: { en: "GATE PASSED", zh: "门禁通过" },
  fail: { en: "GATE FAILED", zh: "门禁未通过" },
  invalid: {
    en: "NO ANSWER: the measurement is not valid; repeat the run",
    zh: "无法得出结论：测量无效，请重新运行",
  },
  interrupted: { en: "NO ANSWER: the gate was interrupted", zh: "无法得出结论：门禁被中断" },
};
