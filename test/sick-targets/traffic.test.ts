// What a load and faults say of a server that lets people in and is sick: what a good engineer would.
import { expect, test } from "vitest";
import type { ConformanceResult, LoadResult } from "../../harness/result/index.ts";
import {
  answersLogins,
  closesOneASecond,
  crashesOnce,
  deliversUpTo,
  floods,
  floodsAndIsDeaf,
  forgetsAtRestart,
  locksForGood,
  poisonedAfter,
  refusesLogins,
  refusesQuotes,
  registersOnly,
  type SickTarget,
  takesConnections,
} from "./index.ts";
import { runAgainst } from "./run.ts";

const chat = [
  ...["load", "chat", "--clients", "6", "--rate", "20", "--ramp", "1s", "--warmup", "0s"],
  ...["--duration", "4s", "--drain", "3s"],
];
const reset = ["faults", "--only", "connections-reset", "--pairs", "1", "--rate", "20", "--recovery", "10s"];
/** The generator's processes together, whatever it is sent. */
const MOST_BYTES = 600e6;

const loads: [SickTarget, RegExp][] = [
  [locksForGood(30), /^\d+ violations? of acknowledgement$/m],
  [deliversUpTo(20), /^\d+ violations? of loss$/m],
  [crashesOnce(20), /^\d+ of 6 clients lost their connection: /m],
  [forgetsAtRestart(20), /^the target came back without its accounts: .*\(login refused with 2003\).*SYS-01/m],
  [floods, /^\d+ violations of foreign$/m],
  [floodsAndIsDeaf, /^\d+ of 6 clients lost their connection: target does not read$/m],
];

test.concurrent.each(loads)("$name fails a load, in bounded memory", { timeout: 180_000 }, async (sick, sentence) => {
  const { code, err, result } = await runAgainst<LoadResult>(sick, ...chat);
  expect(code, err).toBe(1);
  expect(result?.verdict).toBe("fail");
  expect(result?.reasons.join("\n")).toMatch(sentence);
  expect(result?.harness.rssPeakBytes).toBeLessThan(MOST_BYTES);
});

test.concurrent.each([refusesQuotes, closesOneASecond])(
  "$name is measured all the same",
  { timeout: 180_000 },
  async (sick) => {
    const { err, result } = await runAgainst<LoadResult>(sick, ...chat);
    // A busy machine may make the measurement not valid.
    expect(result?.verdict, err).not.toBe("fail");
    const violations = Object.values(result?.checks ?? {}).reduce((sum, check) => sum + check.violations, 0);
    expect(violations).toBe(0);
  },
);

test.concurrent("a server that registers nobody any more is told as that", { timeout: 180_000 }, async () => {
  const { code, err } = await runAgainst<LoadResult>(poisonedAfter(3), ...chat);
  expect(code).toBe(3);
  expect(err).toMatch(/register/);
});

test.concurrent.each([refusesQuotes, closesOneASecond, crashesOnce(20)])(
  "$name keeps what faults ask for: clients come back, nothing is lost",
  { timeout: 180_000 },
  async (sick) => {
    const { code, err } = await runAgainst<ConformanceResult>(sick, ...reset);
    expect(code, err).toBe(0);
  },
);

test.concurrent.each([
  { sick: deliversUpTo(20), rule: "HIST-05", unknown: 0 },
  { sick: refusesLogins(3), rule: "HB-05", unknown: 6 },
  { sick: forgetsAtRestart(20), rule: "HB-05", unknown: 6 },
  { sick: answersLogins(3), rule: "HB-05", unknown: 6 },
  { sick: takesConnections(4), rule: "HB-05", unknown: 6 },
])("$sick.name breaks a guarantee of faults by $rule", { timeout: 180_000 }, async ({ sick, rule, unknown }) => {
  const { code, err, result } = await runAgainst<ConformanceResult>(sick, ...reset);
  expect(code, err).toBe(1);
  const failed = result?.cases.filter(({ status }) => status === "failed").map((one) => one.rule);
  expect(failed).toEqual([rule]);
  // Where nobody can log in to look, no guarantee has been seen to hold, and that is said.
  if (unknown > 0) expect(result?.reasons[1]).toMatch(/^behind connections-reset nobody could look: /);
  expect(result?.summary.couldNotRun).toBe(unknown);
});

test.concurrent.each([registersOnly(2), poisonedAfter(2)])(
  "$name: faults say since when the target serves nobody, and blame it",
  { timeout: 180_000 },
  async (sick) => {
    const { code, err, result } = await runAgainst<ConformanceResult>(sick, ...reset);
    expect(code, err).toBe(1);
    expect(result?.reasons).toEqual([
      expect.stringMatching(
        /^since connections-reset the target no longer serves anybody: .*(register|log in).*; start it again$/,
      ),
    ]);
    expect(result?.summary).toMatchObject({ passed: 0, failed: 0, errored: 0, couldNotRun: 7 });
  },
);

test.concurrent("a lock that never ends breaks the guarantee of faults that every message is answered", {
  timeout: 180_000,
}, async () => {
  const { code, err, result } = await runAgainst<ConformanceResult>(locksForGood(20), ...reset);
  expect(code, err).toBe(1);
  const failed = result?.cases.filter(({ status }) => status === "failed").map(({ rule }) => rule);
  expect(failed).toContain("HB-05");
});

test.concurrent.each([floods, floodsAndIsDeaf])(
  "$name ends faults in bounded time",
  { timeout: 180_000 },
  async (sick) => {
    const { code, err } = await runAgainst<ConformanceResult>(sick, ...reset);
    expect([0, 1, 5], err).toContain(code);
  },
);
