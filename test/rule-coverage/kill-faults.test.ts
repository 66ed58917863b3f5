import { expect, test } from "vitest";
import type { Rule } from "../../scenarios/rules/index.ts";
import type { Mutant } from "../../server-ref/index.ts";
import type { KillMatrix, PublishedRecord } from "../proof/matrix-document.ts";
import { killFaultsOf } from "./kill-faults.ts";

const rule = (id: string, parts: Partial<Rule> = {}): Rule => ({
  id,
  level: "must",
  status: "D/I",
  text: "A server MUST …",
  kind: "messages",
  ...parts,
});
const mutant = (name: string, ...breaks: string[]): Mutant => ({ name, breaks, title: "", story: "", apply: () => {} });
const kill = (id: string) => ({ case: id, rule: id.slice(0, id.indexOf("/")), reason: "" });
const record = (name: string, breaks: string[], parts: Partial<PublishedRecord> = {}): PublishedRecord => ({
  mutant: name,
  breaks,
  kills: breaks.map((id) => kill(`${id}/a`)),
  survived: [],
  undecided: [],
  companions: [],
  strays: [],
  ...parts,
});
const matrix = (records: PublishedRecord[], quick: boolean = false): KillMatrix => ({
  ruleSet: "1",
  seed: 1,
  cases: [],
  unmet: [],
  quick,
  mutants: records.length,
  killed: records.length,
  clean: records.length,
  mustRules: 1,
  mustRulesWithKill: 1,
  records,
});

test("a MUST rule whose own case has killed a mutant is proven", () => {
  expect(killFaultsOf(matrix([record("m", ["A-01"])]), [rule("A-01")], [mutant("m", "A-01")])).toEqual([]);
});

test("a MUST rule without a kill is a fault; SHOULD rules and those that nobody can see are not", () => {
  const rules = [rule("A-01"), rule("A-02", { level: "should" }), rule("A-03", { unobservable: "nobody can see it" })];
  expect(killFaultsOf(matrix([]), rules, [])).toEqual(["no mutant is killed by a case of A-01, which is a MUST"]);
});

test("a kill by a companion's case does not prove the companion's rule", () => {
  const records = [record("m", ["A-01"], { companions: [kill("A-02/a")] })];
  expect(killFaultsOf(matrix(records), [rule("A-02")], [mutant("m", "A-01")])).toEqual([
    "no mutant is killed by a case of A-02, which is a MUST",
  ]);
});

test("a mutant that the matrix does not have, or has for other rules, makes it stale", () => {
  const faults = killFaultsOf(matrix([record("a", ["A-01"])]), [], [mutant("a", "A-02"), mutant("b", "A-01")]);
  expect(faults.map((fault) => fault.slice(0, fault.indexOf(":")))).toEqual([
    "the kill matrix is older than the mutant a",
    "the kill matrix is older than the mutant b",
  ]);
});

test("two mutants of one name are a fault", () => {
  const twins = [mutant("twin", "A-01"), mutant("twin", "A-01")];
  expect(killFaultsOf(matrix([record("twin", ["A-01"])]), [], twins)).toEqual([
    "2 mutants are named twin: only one of them can be run",
  ]);
});

test("a mutant that is gone, survivors, strays and a quick matrix are faults", () => {
  const records = [
    record("gone", ["A-01"]),
    record("s", ["A-01"], { survived: ["A-01"] }),
    record("t", ["A-01"], { strays: [kill("B-01/b")] }),
  ];
  expect(killFaultsOf(matrix(records, true), [], [mutant("s", "A-01"), mutant("t", "A-01")])).toEqual([
    "the kill matrix was made with --quick: not every mutant met every case",
    "s survived the cases of A-01",
    "t also failed the unrelated B-01/b",
    "the kill matrix speaks of gone, which is no mutant",
  ]);
});
