import { expect, it } from "vitest";
import { describeOtherRun } from "../../harness/check/index.ts";
import { CLOSED_SILENT } from "../../harness/load/error-kinds.ts";
import { describeLateness } from "../../harness/load/lateness.ts";
import { compareTimes } from "../../harness/load/slice-times.ts";
import { judge } from "../../harness/load/verdict.ts";
import type { ConformanceSummary, Result, SliceRecord } from "../../harness/result/index.ts";
import { judgeRun } from "../../harness/runner/verdict.ts";
import { compareResults, sideOf } from "../compare/compare.ts";
import { exampleConformance } from "../testing/conformance.ts";
import { exampleLoad } from "../testing/load.ts";
import { asIs, asSentence } from "./phrase.ts";
import { reasonPhrase } from "./reasons.ts";

const none: ConformanceSummary = {
  ...{ total: 9, passed: 0, failed: 0, errored: 0, warned: 0, couldNotRun: 0, interrupted: 0 },
  ...{ knownFailing: 0, flaky: 0, notApplicable: 0 },
};
const quiet = { stale: [], death: undefined, interrupted: false, unknown: [], allowIncomplete: false };

const fine: Parameters<typeof judge>[0] = {
  ...{ violations: {}, targetGone: undefined, notReached: {}, lost: {}, errors: {}, clientsRequested: 50 },
  ...{
    notWhole: [],
    saturation: [],
    connectionTable: [],
    stoodStill: false,
    slowLogins: undefined,
    thresholds: [],
    unaudited: 0,
  },
  ...{ tooFewSamples: [], hasSamples: true, partial: false },
};
const threshold = {
  ...exampleLoad().thresholds[0],
  expression: "msg_e2e: p(99)<20",
  ok: false,
} as (typeof fine.thresholds)[0];

const instant = (millis: number): string => new Date(1_800_000_000_000 + millis).toISOString();
const sliceAt = (millis: number): SliceRecord =>
  ({
    ...{ index: 1 + millis / 1_000, of: 10, plan: {} },
    ...{ begunAt: instant(millis), trafficAt: instant(millis) },
  }) as SliceRecord;

const base = exampleLoad({ seconds: 20 });
const suite = exampleConformance({ statuses: {} });
/** Every pair that may not be compared, and some that may. */
const pairs: [base: Result, candidate: Result][] = [
  [base, suite],
  [base, { ...base, run: { ...base.run, partial: true } }],
  [base, exampleLoad({ saturated: true })],
  [base, { ...exampleLoad({ saturated: true }), harness: { ...base.harness, saturated: true, limit: "machine" } }],
  [base, { ...base, verdict: "invalid", reasons: ["nothing was measured"] }],
  [base, { ...base, metrics: {} }],
  [base, { ...base, scenario: "group" }],
  [base, { ...base, model: "closed" }],
  [base, { ...base, target: { ...base.target, transport: "ws" } }],
  [base, { ...base, options: { ...base.options, clients: 7 } }],
  [base, { ...base, environment: { ...base.environment, cpus: 99, cpuModel: "other", memoryBytes: 1 } }],
  [base, exampleLoad({ seconds: 20, violations: true })],
  [base, exampleLoad({ seconds: 20, slowness: 3 })],
  [suite, exampleConformance({ statuses: { "MSG-07": "failed" } })],
  [suite, { ...suite, ruleSet: "2" }],
  [suite, { ...suite, suite: { ...suite.suite, profile: "upstream" } }],
  [suite, { ...suite, cases: suite.cases.slice(2) }],
];
const compared = pairs.flatMap(([before, after]) => {
  const { reasons, remarks } = compareResults(sideOf([before]), sideOf([after]));
  return [...reasons, ...remarks];
});

// What judges writes the sentences: whoever changes one there finds here that its Chinese is gone.
const reasons = [
  judgeRun({ ...none, failed: 1 }, quiet),
  judgeRun({ ...none, failed: 12 }, { ...quiet, stale: ["MSG-07/a"] }),
  judgeRun({ ...none, passed: 1 }, { ...quiet, stale: ["MSG-07/a", "MSG-07/b"] }),
  judgeRun({ ...none, errored: 2 }, quiet),
  judgeRun({ ...none, interrupted: 2, passed: 3 }, { ...quiet, interrupted: true }),
  judgeRun({ ...none, passed: 3 }, { ...quiet, interrupted: true }),
  judgeRun(none, {
    ...quiet,
    unknown: [{ id: "MSG-04/acknowledged", reason: "no answer to 0x0301 came within 5 s" }],
  }),
  judge({ ...fine, violations: { loss: 3, order: 1 } }),
  judge({ ...fine, notReached: { "connection refused": 7 }, lost: { "closed by the target": 2 } }),
  judge({ ...fine, lost: { [CLOSED_SILENT]: 2 } }),
  judge({ ...fine, errors: { timeout: 4 } }),
  judge({ ...fine, thresholds: [{ ...threshold, value: 31.5 }] }),
  judge({ ...fine, thresholds: [{ ...threshold, value: 31.5, aborted: true }] }),
  judge({ ...fine, thresholds: [{ ...threshold, value: null }] }),
  judge({ ...fine, unaudited: 1 }),
  judge({ ...fine, unaudited: 3, hasSamples: false }),
  judge({ ...fine, hasSamples: false }),
  judge({ ...fine, partial: true }),
  judge({
    ...fine,
    notWhole: [
      "slice 3 of 10 is missing",
      "2 of 10 slices are missing: 3, 4",
      "slice 3 of 10 is there 2 times (a, b): the first one counts",
      "slice 3 of 10 in a belongs to another load, with seed 8 instead of 7: it is left out",
      "a holds no result: its slice did not come to its end",
      "slice 3 of 10 was interrupted",
      ...compareTimes([sliceAt(0), sliceAt(5_000)]).problems,
      ...compareTimes([sliceAt(0), { ...sliceAt(0), trafficAt: instant(9_000) }]).problems,
      ...describeLateness({ ...sliceAt(0), lateMs: 4_200 }),
      ...describeLateness({ ...sliceAt(0), trafficLateMs: 4_200 }),
    ],
    saturation: [
      "slice 3 of 10: the generator was never idle in 12% of the measured seconds; use more workers or cores, or a lower rate",
    ],
  }),
].flatMap((judged) => judged.reasons);

it.each([...new Set([...reasons, ...compared, describeOtherRun(1), describeOtherRun(20)])])("%s", (reason) => {
  const { en, zh } = reasonPhrase(reason);
  expect(en).toBe(reason);
  expect(zh).toMatch(/\p{Script=Han}{3}/u);
  expect(zh).not.toMatch(/\{=?[a-z]+\}/);
});

it("what differs is kept", () => {
  expect(reasonPhrase("3 of 50 clients could not be brought up: connection refused").zh).toBe(
    "50 个客户端中有 3 个未能上线：connection refused",
  );
  expect(
    reasonPhrase(
      "the generator was never idle in 12% of the measured seconds; use more workers or cores, or a lower rate",
    ).zh,
  ).toBe("在 12% 的测量时间里施压端没有任何空闲；请增加工作进程或处理器核，或降低速率");
});

it("statuses are said in the words of the reports", () => {
  expect(reasonPhrase("MSG-07 was passed and is couldNotRun: `0x0301` again.").zh).toBe(
    "MSG-07 的结果由“通过”变为“无法运行”：`0x0301` again",
  );
});

it("what nobody knows stays as it was said", () => {
  expect(reasonPhrase("the moon (full) was in the way {x}?")).toEqual({
    en: "the moon (full) was in the way {x}?",
    zh: "the moon (full) was in the way {x}?",
  });
});

it("begins with a capital, unless it begins with an address", () => {
  expect(asSentence(asIs("nobody can log in")).en).toBe("Nobody can log in.");
  expect(asSentence(asIs("ws://127.0.0.1:8001 answers in text messages")).en).toMatch(/^ws:/);
});
