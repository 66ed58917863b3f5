import { expect, test } from "vitest";
import { meets, percentileOf, readCondition } from "./condition.ts";

test.each([
  ["p(99)<200", { aggregation: "p(99)", comparison: "<", limit: 200 }],
  [" p( 99.9 ) >= 0.5 ", { aggregation: "p(99.9)", comparison: ">=", limit: 0.5 }],
  ["count===0", { aggregation: "count", comparison: "==", limit: 0 }],
  ["rate == 1", { aggregation: "rate", comparison: "==", limit: 1 }],
])("%j is read as k6 reads it", (text, condition) => {
  expect(readCondition(text)?.condition).toEqual(condition);
});

test("what stands behind a condition is handed back, and what is none is not read", () => {
  expect(readCondition("avg<50 abortOnFail")?.rest).toBe(" abortOnFail");
  for (const text of ["", "p<200", "p(99)<", "p(99)=<1", "median<1", "avg<50x"]) {
    expect(readCondition(text)).toBeUndefined();
  }
});

test("every comparison is decided by the figure alone", () => {
  const met = (comparison: "<" | "<=" | ">" | ">=" | "==" | "!="): boolean[] =>
    [1, 2, 3].map((value) => meets(value, { comparison, limit: 2 }));
  expect(met("<")).toEqual([true, false, false]);
  expect(met("<=")).toEqual([true, true, false]);
  expect(met(">")).toEqual([false, false, true]);
  expect(met(">=")).toEqual([false, true, true]);
  expect(met("==")).toEqual([false, true, false]);
  expect(met("!=")).toEqual([true, false, true]);
  expect([percentileOf({ aggregation: "p(99.9)" }), percentileOf({ aggregation: "avg" })]).toEqual([99.9, undefined]);
});
