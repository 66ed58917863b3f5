import { expect, it } from "vitest";
import { cimRegistry } from "../../codegen/index.ts";
import { Secrets } from "../accounts/index.ts";
import type { ConformanceCase } from "./case.ts";
import type { CaseSurroundings } from "./case-context.ts";
import { RuleFailure } from "./failure.ts";
import { type CaseJudgement, runCase } from "./run-case.ts";
import { DEFAULT_TIMERS } from "./timers.ts";

const around: CaseSurroundings = {
  address: { scheme: "tcp", host: "127.0.0.1", port: 1, path: "/" },
  webSocket: undefined,
  http: undefined,
  accounts: { registers: false, secrets: new Secrets(), size: 0, take: () => Promise.reject(new Error("none")) },
  registry: cimRegistry,
  control: undefined,
  timers: DEFAULT_TIMERS,
  timeoutScale: 1,
  seed: 1,
};

function judgement(crowd: string | undefined): CaseJudgement {
  return {
    failLevel: "must",
    watch: { longestSince: () => 0 },
    crowd: { since: () => crowd },
    keepAllTraces: false,
    repeat: (id) => id,
    keep: () => undefined,
    signal: new AbortController().signal,
    givenUp: () => undefined,
  };
}

function caseThatEndsIn(error: RuleFailure, more: Partial<ConformanceCase> = {}): ConformanceCase {
  return {
    id: "MSG-01/a",
    rule: { id: "MSG-01", text: "MUST", level: "must" },
    level: "must",
    title: "a",
    steps: [],
    capabilities: [],
    unless: [],
    needs: [],
    waits: undefined,
    alone: false,
    onProbation: false,
    run: () => Promise.reject(error),
    ...more,
  };
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
