import { afterEach, expect, test, vi } from "vitest";
import type { ConformanceCase } from "./case.ts";
import { runInOrder } from "./schedule.ts";
import { caseOf } from "./testing/case-of.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** Runs cases about timers, each of which takes so long, on a clock of our own. @returns when each began */
async function beginningsOf(cases: readonly ConformanceCase[], tookMs: number): Promise<Map<string, number>> {
  vi.useFakeTimers({ now: 0 });
  const begun = new Map<string, number>();
  const run = runInOrder(cases, 8, ({ id }) => {
    begun.set(id, Date.now());
    return new Promise((resolve) => setTimeout(resolve, tookMs));
  });
  await vi.runAllTimersAsync();
  await run;
  return begun;
}

const timer = (id: string, inTurn: boolean): ConformanceCase => caseOf(id, async () => {}, { waits: () => 1, inTurn });
const cases = [timer("A-01/a", true), timer("A-01/b", true), timer("A-01/c", true), timer("B-01/a", true)];

test("cases that would make each other late begin one behind the other, further apart than a target may be late", async () => {
  const begun = await beginningsOf([...cases, timer("A-01/d", false)], 60_000);
  expect(Object.fromEntries(begun)).toEqual({
    "A-01/a": 0,
    "A-01/d": 0,
    "B-01/a": 0,
    "A-01/b": 2_500,
    "A-01/c": 5_000,
  });
});

test("they begin at once behind one that is over", async () => {
  const begun = await beginningsOf(cases, 1_000);
  expect([begun.get("A-01/b"), begun.get("A-01/c")]).toEqual([1_000, 2_000]);
});

test("variants of one case begin together", async () => {
  const variants = [timer("A-01/a", true), timer("A-01/a[ws]", true), timer("A-01/b", true), timer("A-01/b[ws]", true)];
  const begun = await beginningsOf(variants, 60_000);
  expect(Object.fromEntries(begun)).toEqual({ "A-01/a": 0, "A-01/a[ws]": 0, "A-01/b": 2_500, "A-01/b[ws]": 2_500 });
});

test("of those that restart the target whoever waits first begins first", async () => {
  const restarting = (id: string, waits?: () => number): ConformanceCase =>
    caseOf(id, async () => {}, { needs: ["restart"], ...(waits && { waits }) });
  const many = Array.from({ length: 60 }, (_, index) => restarting(`A-01/${index}`));
  const begun = await beginningsOf([...many, restarting("B-01/waits", () => 1)], 1_000);
  expect(begun.get("B-01/waits")).toBe(0);
});
