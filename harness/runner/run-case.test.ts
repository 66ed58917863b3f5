import { expect, it, vi } from "vitest";
import type { ConformanceCase } from "./case.ts";
import { RuleFailure } from "./failure.ts";
import { type CaseJudgement, runCase } from "./run-case.ts";
import { caseOf } from "./testing/case-of.ts";
import { surroundingsOf } from "./testing/surroundings-of.ts";

const around = surroundingsOf(1);

function judgement(crowd: string | undefined, pausesMs = 0): CaseJudgement {
  return {
    failLevel: "must",
    watch: { longestSince: () => 0, stoodStillSince: () => pausesMs },
    crowd: { since: () => crowd },
    keepAllTraces: false,
    repeat: (id) => id,
    keep: () => undefined,
    signal: new AbortController().signal,
    givenUp: () => undefined,
  };
}

function caseThatEndsIn(error: RuleFailure, more: Partial<ConformanceCase> = {}): ConformanceCase {
  return caseOf("MSG-01/a", () => Promise.reject(error), more);
}

const late = new RuleFailure("an answer", "nothing", { isLate: true });
const wrong = new RuleFailure("1", "2");
const waits = (): number => 1_000;

it.each<[string, ConformanceCase, string | undefined, string]>([
  ["what did not come in time is the target's doing", caseThatEndsIn(late), undefined, "failed"],
  ["but not on a crowded machine", caseThatEndsIn(late), "21 processes", "couldNotRun"],
  ["where a timer may fire late as well", caseThatEndsIn(wrong, { waits }), "21 processes", "couldNotRun"],
  ["a wrong answer is wrong in any crowd", caseThatEndsIn(wrong), "21 processes", "failed"],
])("%s", async (_what, one, crowd, status) => {
  const result = await runCase(one, around, judgement(crowd));
  expect(result.status).toBe(status);
  if (status === "couldNotRun") expect(result.reason).toMatch(/^this machine was too busy to tell: 21 processes \(/);
});

it.each([
  ["what did not come in time", late, "couldNotRun"],
  ["a wrong answer", wrong, "failed"],
])("%s while this machine stood still again and again", async (_what, error, status) => {
  const result = await runCase(caseThatEndsIn(error), around, judgement(undefined, 12_500));
  expect(result.status).toBe(status);
  if (status === "couldNotRun") expect(result.reason).toMatch(/^this machine was too busy to tell: .* for 12500 ms/);
});

it("a case that takes too long while this machine stands still again and again is told so", async () => {
  vi.useFakeTimers();
  try {
    const endless = caseOf(
      "MSG-01/a",
      (t) => new Promise((_, reject) => t.signal.addEventListener("abort", () => reject(t.signal.reason))),
    );
    const ended = runCase(endless, around, judgement(undefined, 12_500));
    await vi.advanceTimersByTimeAsync(31_000);
    expect(await ended).toMatchObject({
      status: "couldNotRun",
      reason: expect.stringMatching(/^this machine was too busy to tell: .*took longer than 30000 ms/),
    });
  } finally {
    vi.useRealTimers();
  }
});
