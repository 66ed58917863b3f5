import { expect, test } from "vitest";
import type { ConformanceCase } from "../../harness/runner/index.ts";
import { RULE_SET_VERSION, type Rule } from "../../scenarios/rules/index.ts";
import { type Coverage, faultsOf } from "./coverage.ts";

const rule = (id: string, unobservable?: string): Rule => ({
  id,
  level: "must",
  status: "D/I",
  text: "A server MUST …",
  kind: "messages",
  ...(unobservable !== undefined && { unobservable }),
});
const caseOf = (id: string): ConformanceCase => ({ id, rule: { id: id.slice(0, id.indexOf("/")) } }) as ConformanceCase;
const recorded = (id: string, cases: readonly string[], status: string = "passed"): Coverage["rules"][number] => ({
  rule: id,
  level: "must",
  cases: cases.map((one) => ({ id: one, status })),
  enforcement: "none",
  mutants: [],
});
const coverageOf = (rules: Coverage["rules"]): Coverage => ({ ruleSet: RULE_SET_VERSION, rules });

test("a rule with neither case nor reason is a fault", () => {
  const faults = faultsOf(coverageOf([recorded("MSG-01", [])]), [rule("MSG-01")], [], []);
  expect(faults).toEqual(["MSG-01 has neither a case nor a reason why there is none"]);
});

test("a rule with a case, and one with a reason, are covered", () => {
  const rules = [rule("MSG-01"), rule("MSG-02", "nobody can see it")];
  const coverage = coverageOf([recorded("MSG-01", ["MSG-01/a"]), recorded("MSG-02", [])]);
  expect(faultsOf(coverage, rules, [caseOf("MSG-01/a")], [])).toEqual([]);
});

test("a case that the recorded run did not have makes the file stale", () => {
  const coverage = coverageOf([recorded("MSG-01", ["MSG-01/a"])]);
  const faults = faultsOf(coverage, [rule("MSG-01")], [caseOf("MSG-01/a"), caseOf("MSG-01/b")], []);
  expect(faults).toEqual(["the coverage file is older than the cases of MSG-01"]);
});

test("a case that failed in the recorded run is a fault", () => {
  const coverage = coverageOf([recorded("MSG-01", ["MSG-01/a"], "failed")]);
  expect(faultsOf(coverage, [rule("MSG-01")], [caseOf("MSG-01/a")], [])).toEqual([
    "MSG-01/a failed in the recorded run",
  ]);
});

test("a coverage file of another rule set is stale", () => {
  const coverage = { ...coverageOf([recorded("MSG-01", ["MSG-01/a"])]), ruleSet: "0.9" };
  expect(faultsOf(coverage, [rule("MSG-01")], [caseOf("MSG-01/a")], [])).toEqual([
    `the coverage file is of rule set 0.9, and the rules are ${RULE_SET_VERSION}`,
  ]);
});
