import { expect, test } from "vitest";
import type { CaseResult } from "../../harness/result/index.ts";
import type { Mutant } from "../../server-ref/index.ts";
import { amongCases, joinRecords, recordKills, sortAnew } from "./kills.ts";

const mutant: Mutant = {
  name: "m",
  breaks: ["A-01"],
  companions: [{ rule: "B-01", reason: "it cannot help it" }],
  title: "",
  story: "",
  apply: () => {},
};
const result = (id: string, status: CaseResult["status"], parts: Partial<CaseResult> = {}): CaseResult =>
  ({ id, rule: id.slice(0, id.indexOf("/")), status, reason: "why", trace: [], ...parts }) as CaseResult;

test("failures are told apart: own rule, companion, unrelated", () => {
  const record = recordKills(mutant, [
    result("A-01/a", "failed"),
    result("B-01/b", "failed"),
    result("C-01/c", "failed"),
    result("C-01/d", "passed"),
  ]);
  expect(record.kills.map((kill) => kill.case)).toEqual(["A-01/a"]);
  expect(record.companions.map((kill) => kill.case)).toEqual(["B-01/b"]);
  expect(record.strays.map((kill) => kill.case)).toEqual(["C-01/c"]);
  expect(record.survived).toEqual([]);
  expect(record.met).toEqual(["A-01/a", "B-01/b", "C-01/c", "C-01/d"]);
});

test("a case that could not run kills nothing, and says what hindered it", () => {
  const record = recordKills(mutant, [result("A-01/a", "couldNotRun")]);
  expect(record.survived).toEqual(["A-01"]);
  expect(record.undecided.map((kill) => kill.case)).toEqual(["A-01/a"]);
});

test("a case has met a mutant unless this machine was too busy to tell", () => {
  const record = recordKills(mutant, [
    result("A-01/a", "couldNotRun", { reason: "this machine was too busy to tell: 9 processes waited" }),
    result("A-01/b", "interrupted"),
    result("B-01/b", "couldNotRun", { reason: "nobody can log in" }),
  ]);
  expect(record.met).toEqual(["B-01/b"]);
});

test("of a case that two runs met, the later one counts", () => {
  const before = recordKills(mutant, [
    result("A-01/a", "failed"),
    result("C-01/c", "failed"),
    result("C-01/d", "failed"),
  ]);
  const later = recordKills(mutant, [result("C-01/c", "passed"), result("B-01/b", "failed")]);
  const both = joinRecords(before, later);
  expect(both.met).toEqual(["A-01/a", "C-01/c", "C-01/d", "B-01/b"]);
  expect(both.kills.map((kill) => kill.case)).toEqual(["A-01/a"]);
  expect(both.companions.map((kill) => kill.case)).toEqual(["B-01/b"]);
  expect(both.strays.map((kill) => kill.case)).toEqual(["C-01/d"]);
  expect(joinRecords(before, recordKills(mutant, [result("A-01/a", "passed")])).survived).toEqual(["A-01"]);
});

test("a case that is gone has killed nobody", () => {
  const record = recordKills(mutant, [
    result("A-01/a", "failed"),
    result("A-01/b", "failed"),
    result("B-01/b", "failed"),
  ]);
  const later = amongCases(record, new Set(["A-01/b"]));
  expect([later.met, later.kills.length, later.companions, later.survived]).toEqual([["A-01/b"], 1, [], []]);
  expect(amongCases(record, new Set(["B-01/b"])).survived).toEqual(["A-01"]);
});

test("a warning about something legal is no kill, one with an expectation is", () => {
  expect(recordKills(mutant, [result("A-01/a", "warned")]).survived).toEqual(["A-01"]);
  expect(recordKills(mutant, [result("A-01/a", "warned", { expected: "x" })]).survived).toEqual([]);
});

test("a fault of the suite is a stray, whatever its rule", () => {
  const record = recordKills(mutant, [result("A-01/a", "errored"), result("B-01/b", "errored")]);
  expect(record.strays.map((kill) => kill.case)).toEqual(["A-01/a", "B-01/b"]);
  expect(sortAnew(mutant, record)?.strays.map((kill) => kill.case)).toEqual(["A-01/a", "B-01/b"]);
});

test("a companion declared afterwards sorts a kept record anew; other broken rules make it worthless", () => {
  const record = recordKills(mutant, [result("A-01/a", "failed"), result("C-01/c", "failed")]);
  const later = { ...mutant, companions: [{ rule: "C-01", reason: "seen later" }] };
  expect(sortAnew(later, record)?.strays).toEqual([]);
  expect(sortAnew(later, record)?.companions.map((kill) => kill.case)).toEqual(["C-01/c"]);
  expect(sortAnew({ ...mutant, breaks: ["A-02"] }, record)).toBeUndefined();
});
