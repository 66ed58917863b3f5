import { expect, test } from "vitest";
import type { CaseResult, CaseStatus } from "../result/index.ts";
import { judgeRun, summarize } from "./verdict.ts";

const quiet = { stale: [], death: undefined, interrupted: false, unknown: [], allowIncomplete: false };
const unknown = [{ id: "MSG-01/a", reason: "nobody logs in" }];
const summaryOf = (...statuses: CaseStatus[]) => summarize(statuses.map((status) => ({ status }) as CaseResult));

test.each([
  ["pass", ["passed", "warned", "notApplicable", "knownFailing", "flaky"]],
  ["fail", ["passed", "failed", "couldNotRun"]],
  ["invalid", ["passed", "couldNotRun"]],
  ["invalid", ["passed", "errored"]],
  ["invalid", ["notApplicable"]],
] as const)("%s for %j", (verdict, statuses) => {
  const isUnknown = (statuses as readonly CaseStatus[]).includes("couldNotRun");
  expect(judgeRun(summaryOf(...statuses), { ...quiet, unknown: isUnknown ? unknown : [] }).verdict).toBe(verdict);
});

test("cases that could not run are no obstacle when the user allows it, or a list names them", () => {
  const summary = summaryOf("passed", "couldNotRun");
  expect(judgeRun(summary, { ...quiet, unknown, allowIncomplete: true }).verdict).toBe("pass");
  expect(judgeRun(summary, quiet).verdict).toBe("pass");
});

test("a stale entry and the death of the target fail the run, the death first", () => {
  const judged = judgeRun(summaryOf("passed"), { ...quiet, stale: ["MSG-07/a"], death: "the target died" });
  expect(judged.verdict).toBe("fail");
  expect(judged.reasons[0]).toBe("the target died");
  expect(judged.reasons[1]).toContain("MSG-07/a is listed as known failing but passed");
});

test("an interrupted run is not valid", () => {
  expect(judgeRun(summaryOf("passed"), { ...quiet, interrupted: true }).verdict).toBe("invalid");
});
