import { expect, test } from "vitest";
import { type MutationRecord, mutationPage, sortAnew, summarize } from "./report.ts";
import { isMutated } from "./scope.ts";
import { readSorted, type Sorted } from "./survivors.ts";

function record(key: string, outcome: MutationRecord["outcome"], section: string = "MSG"): MutationRecord {
  const place = { file: "logic/msg.ts", line: 7, operator: "StringLiteral", original: "a", replacement: "b" };
  return { key, ...place, section, cases: 3, outcome, durationMs: 1 };
}

const about = { mutants: 9, seed: 1, measured: "`npm run mutation`", leftOut: {} };

test("the score is what was found of what can be seen, per section", () => {
  const records = [
    record("a", "killed"),
    record("b", "hindered"),
    record("c", "survived"),
    record("d", "survived"),
    record("e", "survived"),
    record("f", "unstartable"),
    record("g", "crashed", "PUSH"),
  ];
  const sorted = new Map<string, Sorted>([
    ["c", { as: "equivalent", why: "the same" }],
    ["d", { as: "invisible", why: "a log" }],
  ]);
  const { sections, total, unstartable } = summarize(records, sorted, about);
  const msg = { section: "MSG", mutants: 5, found: 2, killed: 1, equivalent: 1, invisible: 1, holes: 1, score: 2 / 3 };
  expect(sections).toEqual([msg, expect.objectContaining({ section: "PUSH", found: 1, killed: 0, score: 1 })]);
  expect([total.mutants, total.found, unstartable]).toEqual([6, 3, 1]);
});

test("survivors that are sorted anew or met again change the counts of the run, and nothing else does", () => {
  const records = [
    record("a", "killed"),
    record("c", "survived"),
    record("d", "survived"),
    record("g", "survived", "PUSH"),
  ];
  const before = new Map<string, Sorted>([
    ["c", { as: "equivalent", why: "the same" }],
    ["d", { as: "invisible", why: "a log" }],
    ["g", { as: "equivalent", why: "the same" }],
  ]);
  const after = new Map(before).set("c", { as: "hole", why: "no case looks" }).set("d", { as: "hole", why: "none" });
  const again = new Map([["d", record("d", "killed", "CONN")]]);
  const anew = sortAnew(summarize(records, before, about), after, again);
  const counted = records.map((one) => (one.key === "d" ? record("d", "killed") : one));
  expect(anew).toEqual(summarize(counted, after, about));
});

test("the page says of each survivor how it is sorted, and why", () => {
  const records = [record("a", "killed"), record("c", "survived"), record("e", "survived")];
  const sorted = new Map<string, Sorted>([["c", { as: "invisible", why: "a line of the log" }]]);
  const page = mutationPage(summarize(records, sorted, about));
  expect(page).toContain("| MSG | 3 | 1 | 1 | 0 | 1 | 1 | 50.0% |");
  expect(page).toContain("invisible: a line of the log |");
  expect(page).toContain("not yet |");
});

test("what is sorted names a file that is mutated, and has a reason", () => {
  for (const [key, { as, why }] of readSorted()) {
    expect(isMutated(key.slice(0, key.indexOf(" | "))), key).toBe(true);
    expect(["hole", "equivalent", "invisible"], key).toContain(as);
    expect(why.length, key).toBeGreaterThan(10);
  }
});
