// What the gate says of a sick target: the suite's verdict and the load's, and one answer from both.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { ConformanceResult, LoadResult, Result } from "../../harness/result/index.ts";
import {
  closesOneASecond,
  crashesAndComesBack,
  floods,
  healthy,
  locksForGood,
  overWebSocket,
  poisonedAfter,
  refusesQuotes,
  type SickTarget,
  servesPagesUpTo,
} from "./index.ts";
import { inTurn, isUntold, type Outcome, runAgainst, UNTIL_TOLD_MS, untilTold } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "cupping-sick-gates-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const chat = {
  ...{ scenario: "chat", clients: 6, rate: "20/s" },
  ...{ ramp: "1s", warmup: "0s", duration: "3s", drain: "3s" },
};

/** A sick target, a few cases, and what is right. */
interface Gate {
  readonly sick: SickTarget;
  readonly only: string;
  readonly suite: {
    readonly verdict: "pass" | "fail";
    /** The rules that have failed. */
    readonly rules: readonly string[];
    readonly reason?: RegExp;
  };
  /** The reason of a load that fails. */
  readonly load: RegExp | "blameless" | "cannot begin";
  readonly said?: RegExp;
}

const gates: readonly Gate[] = [
  {
    // Nobody can be registered for the load any more: that is no reason to call what the suite has proven "unreachable".
    sick: poisonedAfter(8),
    only: "MSG-01,HB-01",
    suite: { verdict: "fail", rules: [], reason: /the target stopped serving anybody: .*; start it again$/m },
    load: "cannot begin",
    said: /^cupping: .*register/m,
  },
  {
    sick: crashesAndComesBack,
    only: "VOIP-09/without-channel-ignored,HB-01",
    suite: { verdict: "fail", rules: ["CONN-17"] },
    load: "blameless",
  },
  {
    sick: locksForGood(40),
    only: "HB-01",
    suite: { verdict: "pass", rules: [] },
    load: /^\d+ violations? of acknowledgement$/m,
  },
  {
    sick: closesOneASecond,
    only: "LOGIN-10/many-idle-all-closed,HB-01",
    suite: { verdict: "fail", rules: ["LOGIN-10"] },
    load: "blameless",
  },
  {
    sick: refusesQuotes,
    only: "MSG-14/quotes,MSG-14/emoji,HB-01",
    suite: { verdict: "fail", rules: ["MSG-14"] },
    load: "blameless",
  },
  {
    sick: servesPagesUpTo(99),
    only: "HIST-06/hundred-served,HIST-01,HB-01",
    suite: { verdict: "fail", rules: ["HIST-06"] },
    // Which blinds no other check of the load; but a request went unanswered.
    load: /^1 error: history page of 100 messages unanswered, so pages of 50 were asked for$/m,
  },
  {
    sick: overWebSocket(healthy, true),
    only: "CONN-02,LOGIN-01,HB-01",
    suite: { verdict: "fail", rules: ["CONN-02"], reason: /answers in text messages/ },
    load: "cannot begin",
    said: /^cupping: .*answers in text messages; every packet is a binary WebSocket message/m,
  },
  {
    sick: floods,
    only: "PUSH-06,MSG-01,HB-01",
    suite: { verdict: "fail", rules: ["PUSH-06"] },
    load: /^\d+ violations of foreign$/m,
  },
];

async function closesTheGate({ sick, only, suite, load, said }: Gate): Promise<void> {
  const config = join(folder, `${sick.name}.json`);
  const timers = "login=2s,heartbeat=3s";
  writeFileSync(config, JSON.stringify({ target: "ref", conformance: { only, timers }, loads: { chat } }));
  const suiteIn = ({ read }: Outcome<Result>): ConformanceResult => JSON.parse(read("conformance/result.json"));
  const outcome = await untilTold(
    () => runAgainst(sick, "gate", "--config", config, "--json"),
    (one) => suiteIn(one).cases.some(isUntold),
  );
  const { code, out, err, read } = outcome;
  expect(code, err).toBe(1);
  expect(err).toMatch(/^GATE FAILED/m);
  if (said !== undefined) expect(err).toMatch(said);
  const { verdict, steps } = JSON.parse(out) as { verdict: string; steps: { name: string }[] };
  expect(verdict).toBe("fail");
  expect(read("report.html")).toMatch(/<p class="word"[^>]*>Failed<\/p>/);

  const judged = suiteIn(outcome);
  expect(judged.verdict, err).toBe(suite.verdict);
  const failed = judged.cases.filter(({ status }) => status === "failed").map(({ rule }) => rule);
  expect([...new Set(failed)]).toEqual(suite.rules);
  expect(judged.reasons.join("\n")).toMatch(suite.reason ?? /^/);

  const names = steps.map(({ name }) => name);
  if (load === "cannot begin") {
    expect(names).toEqual(["conformance"]);
    // The table says why, and so do the page and whoever reads the whole in a CI.
    expect(err).toMatch(/^chat +not run +\S/m);
    expect(read("report.html")).toMatch(said === undefined ? /./ : /(register|answers in text messages)/);
    return;
  }
  expect(names).toEqual(["conformance", "chat"]);
  const measured = JSON.parse(read("chat/result.json")) as LoadResult;
  if (load === "blameless") {
    expect(measured.checks["history"]?.checked).toBeGreaterThan(0);
    // A busy machine may make a measurement not valid.
    expect(measured.verdict, err).not.toBe("fail");
    expect(Object.values(measured.checks).filter(({ violations }) => violations > 0)).toEqual([]);
  } else {
    expect(measured.verdict, err).toBe("fail");
    expect(measured.reasons.join("\n")).toMatch(load);
  }
}

test.concurrent.each(gates)(
  "$sick.name closes the gate, for the right reason",
  { timeout: UNTIL_TOLD_MS },
  async (gate) => {
    if (gate.sick.name === "poisoned") await closesTheGate(gate);
    else await inTurn(() => closesTheGate(gate));
  },
);
