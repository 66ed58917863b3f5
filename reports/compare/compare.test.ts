import { describe, expect, it } from "vitest";
import type { LoadResult, Result } from "../../harness/result/index.ts";
import { exampleConformance } from "../testing/conformance.ts";
import { type ExampleLoadOptions, exampleLoad } from "../testing/load.ts";
import type { Allowed } from "./comparable.ts";
import { compareResults, sideOf } from "./compare.ts";
import type { Change, Comparison } from "./comparison.ts";
import { comparisonText } from "./comparison-text.ts";
import { parseTolerances } from "./tolerance.ts";

const SECONDS = 60;
const DELIVERY = ["msg_e2e.p50", "msg_e2e.p95", "msg_e2e.p99"];

/** Runs of one set-up that differ by chance alone. */
function runs(count: number, firstSeed: number, options: ExampleLoadOptions = {}): LoadResult[] {
  return Array.from({ length: count }, (_, index) =>
    exampleLoad({ seed: firstSeed + index, seconds: SECONDS, metrics: ["msg_ack", "msg_e2e"], ...options }),
  );
}

function compare(base: Result[], candidate: Result[], allowed: Allowed[] = []): Comparison {
  return compareResults(sideOf(base), sideOf(candidate), { allowed: new Set(allowed) });
}

const outcomes = ({ figures }: Comparison, names: string[]): (Change | undefined)[] =>
  names.map((name) => figures.find(({ figure }) => figure === name)?.outcome);

describe("loads", () => {
  it("of the same server are the same", () => {
    const comparison = compare(runs(3, 1), runs(3, 100));
    expect(comparison).toMatchObject({ verdict: "pass", reasons: [], remarks: [] });
    expect(outcomes(comparison, DELIVERY)).toEqual(["same", "same", "same"]);
  });

  it("of a server that became a quarter slower are worse, and the interval holds the truth", () => {
    const comparison = compare(runs(3, 1), runs(3, 100, { slowness: 1.25 }));
    expect(comparison.verdict).toBe("fail");
    expect(outcomes(comparison, DELIVERY)).toEqual(["worse", "worse", "worse"]);
    const median = comparison.figures.find(({ figure }) => figure === "msg_e2e.p50");
    expect(median?.interval?.low).toBeLessThan(0.25);
    expect(median?.interval?.high).toBeGreaterThan(0.25);
    expect(comparison.reasons.join(" ")).toMatch(
      /msg_e2e\.p50 is \d+% to \d+% higher than the base, and 10% is tolerated\./,
    );
  });

  it("of a server that became a quarter faster are better", () => {
    const comparison = compare(runs(3, 1), runs(3, 100, { slowness: 0.75 }));
    expect(comparison.verdict).toBe("pass");
    expect(outcomes(comparison, DELIVERY)).toEqual(["better", "better", "better"]);
  });

  it("with a change within the tolerance are the same", () => {
    expect(outcomes(compare(runs(3, 1), runs(3, 100, { slowness: 1.03 })), ["msg_e2e.p50"])).toEqual(["same"]);
  });

  it("that delivered less are worse", () => {
    const half = runs(3, 100, { rate: 500 }).map((run) => ({ ...run, options: runs(1, 1)[0]?.options ?? {} }));
    expect(outcomes(compare(runs(3, 1), half), ["msg_e2e.rate"])).toEqual(["worse"]);
  });

  it("with one stall in one run give no answer instead of blame", () => {
    const comparison = compare(runs(1, 1), runs(1, 100, { stall: true }));
    expect(comparison.verdict).toBe("invalid");
    expect(outcomes(comparison, ["msg_e2e.p50", "msg_e2e.p99"])).toEqual(["same", "unsure"]);
    expect(comparison.reasons[0]).toMatch(/the runs are too noisy to be sure: repeat them/);
  });

  it("with a stall in every run are worse", () => {
    expect(outcomes(compare(runs(5, 1), runs(5, 100, { stall: true })), ["msg_e2e.p99"])).toEqual(["worse"]);
  });

  it("with a violation more are worse, whatever is tolerated", () => {
    const comparison = compareResults(sideOf(runs(1, 1)), sideOf(runs(1, 2, { violations: true })), {
      tolerances: parseTolerances(["500%"]),
    });
    expect(comparison.verdict).toBe("fail");
    expect(comparison.reasons).toEqual(["checks.violations rose from 0 to 3."]);
  });

  it("that are single runs are tolerated more, and say so", () => {
    const comparison = compare(runs(1, 1), runs(1, 100, { slowness: 1.15 }));
    expect(outcomes(comparison, ["msg_e2e.p50"])).toEqual(["same"]);
    expect(comparison.remarks[0]).toContain("the drift from run to run does not show");
  });

  it("are judged by the tolerances given", () => {
    const options = { tolerances: parseTolerances(["50%", "msg_ack.p50=0.1ms"]) };
    const comparison = compareResults(sideOf(runs(3, 1)), sideOf(runs(3, 100, { slowness: 1.25 })), options);
    expect(outcomes(comparison, ["msg_e2e.p50", "msg_ack.p50"])).toEqual(["same", "worse"]);
  });

  it("compare the same each time", () => {
    const [a, b] = [runs(2, 1), runs(2, 100)];
    expect(compare(a, b)).toEqual(compare(a, b));
  });

  it("of the same server are seldom called different: 30 pairs, no false alarm", () => {
    const alarms = Array.from({ length: 30 }, (_, pair) =>
      compare(
        runs(1, 2 * pair + 1, { seconds: 20, metrics: ["msg_e2e"] }),
        runs(1, 2 * pair + 2, { seconds: 20, metrics: ["msg_e2e"] }),
      ),
    ).filter(({ verdict }) => verdict === "fail");
    expect(alarms).toEqual([]);
  });
});

describe("a refusal", () => {
  const [base] = runs(1, 1);
  const other = (change: Partial<LoadResult>): LoadResult => ({
    ...exampleLoad({ seed: 2, seconds: SECONDS }),
    ...change,
  });
  const environment = exampleLoad({ seconds: 5 }).environment;
  const cases: [what: string, other: Result, sentence: RegExp][] = [
    ["another scenario", other({ scenario: "group" }), /are of different scenarios, chat and group/],
    ["another model", other({ model: "closed" }), /use different models, open and closed/],
    [
      "another rate",
      exampleLoad({ seed: 2, seconds: SECONDS, rate: 900 }),
      /differ in rate: 1,000\/s and 900\/s \(--allow options/,
    ],
    [
      "fewer cores",
      other({ environment: { ...environment, cpus: 2 } }),
      /machines with 4 and 2 cores \(--allow machine/,
    ],
    [
      "another processor",
      other({ environment: { ...environment, cpuModel: "X" } }),
      /different processors, Example CPU at 3\.1 GHz and X/,
    ],
    ["less memory", other({ environment: { ...environment, memoryBytes: 8e9 } }), /17\.2 GB and 8\.00 GB of memory/],
    [
      "a saturated generator",
      exampleLoad({ seed: 2, seconds: SECONDS, saturated: true }),
      /the generator was the limit.*more workers or less load/,
    ],
    ["an interrupted run", exampleLoad({ seed: 2, seconds: SECONDS, partial: true }), /was interrupted/],
    ["another kind", exampleConformance(), /are of different kinds, load and conformance/],
    [
      "hardly any samples",
      { ...exampleLoad({ seed: 2, seconds: SECONDS }), metrics: {} },
      /has 0 samples, and a percentile needs at least 200/,
    ],
  ];
  it.each(cases)("is given for %s, in a sentence, and nothing is compared", (_what, candidate, sentence) => {
    const comparison = compare([base as LoadResult], [candidate]);
    expect(comparison).toMatchObject({ verdict: "invalid", figures: [], cases: [] });
    expect(comparison.reasons.join("\n")).toMatch(sentence);
  });

  it("can be lifted for machine and options, and for nothing else", () => {
    const elsewhere = {
      ...exampleLoad({ seed: 2, seconds: SECONDS, rate: 900 }),
      environment: { ...environment, cpus: 2 },
    };
    expect(compare([base as LoadResult], [elsewhere], ["machine"]).verdict).toBe("invalid");
    expect(compare([base as LoadResult], [elsewhere], ["machine", "options"]).figures.length).toBeGreaterThan(0);
    expect(compare([base as LoadResult], [other({ scenario: "group" })], ["machine", "options"]).figures).toEqual([]);
  });

  it("is given for other rule sets and profiles", () => {
    const newer = { ...exampleConformance(), ruleSet: "2" };
    expect(compare([exampleConformance()], [newer]).reasons).toEqual([
      expect.stringContaining("use rule sets 1 and 2"),
    ]);
  });
});

describe("conformance results", () => {
  it("are worse where a case passed and fails now", () => {
    const comparison = compare(
      [exampleConformance({ statuses: {} })],
      [exampleConformance({ statuses: { "MSG-07": "failed" } })],
    );
    expect(comparison.verdict).toBe("fail");
    expect(comparison.cases).toMatchObject([{ rule: "MSG-07", base: "passed", candidate: "failed", outcome: "worse" }]);
  });

  it("are better where a case failed and passes now", () => {
    const comparison = compare([exampleConformance()], [exampleConformance({ statuses: {} })]);
    expect(comparison.verdict).toBe("pass");
    expect(comparison.cases.filter(({ outcome }) => outcome === "better").map(({ rule }) => rule)).toContain(
      "LOGIN-04",
    );
  });

  it("do not blame the server for a new case", () => {
    const old = exampleConformance({ statuses: {} });
    const before = { ...old, cases: old.cases.filter(({ rule }) => rule !== "MSG-07") };
    const comparison = compare([before], [exampleConformance({ statuses: { "MSG-07": "failed" } })]);
    expect(comparison).toMatchObject({ verdict: "pass", cases: [{ base: undefined, outcome: "unsure" }] });
  });

  it("say how many cases were left out, and do not list them", () => {
    const part = exampleConformance({ statuses: {} });
    const comparison = compare([exampleConformance({ statuses: {} })], [{ ...part, cases: part.cases.slice(0, 10) }]);
    expect(comparison).toMatchObject({ verdict: "pass", cases: [] });
    expect(comparison.remarks).toEqual([`${part.cases.length - 10} cases of the base were not run again.`]);
  });

  it("count by the worst of repeated runs", () => {
    const passes = exampleConformance({ statuses: {} });
    const race = exampleConformance({ statuses: { "SYS-02": "failed" } });
    expect(compare([passes], [passes, race, passes]).cases).toMatchObject([{ rule: "SYS-02", outcome: "worse" }]);
  });
});

describe("the text", () => {
  it("fits 80 columns, with the worst first", () => {
    const text = comparisonText(compare(runs(2, 1), runs(2, 100, { slowness: 1.5, violations: true })));
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    const rows = text.split("\n").filter((line) => /\b(worse|same|better|unsure)$/.test(line));
    expect(rows[0]).toMatch(/worse$/);
    expect(rows.at(-1)).toMatch(/same$/);
  });

  it("begins with the latency that matters, and names both sides and the tolerance", () => {
    const [base, candidate] = [sideOf(runs(1, 1, { label: "main" })), sideOf(runs(1, 2, { label: "branch" }))];
    const options = { tolerances: parseTolerances(["20%", "msg_ack.p99=40%"]) };
    const sides = [
      { ...base, source: "a/result.json" },
      { ...candidate, source: "b/result.json" },
    ] as const;
    const text = comparisonText(compareResults(...sides, options));
    expect(text).toContain("base: main (a/result.json)\nnew: branch (b/result.json)\n");
    expect(text).toMatch(/\nfigure .*\nmsg_e2e\./);
    expect(text.replaceAll(/\s+/g, " ")).toMatch(/tolerated: .*40% for msg_ack\.p99/);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });
});
