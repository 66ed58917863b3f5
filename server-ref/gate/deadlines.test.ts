import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Deadlines, type Watched } from "./deadlines.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Remembers when it was looked at; asks for the next times in turn. */
function watched(...next: number[]): Watched & { seen: number[] } {
  const seen: number[] = [];
  return {
    seen,
    bucket: undefined,
    expire(now) {
      seen.push(now);
      return next.shift();
    },
  };
}

test("nothing is looked at before its time, and everything within a tick after it", () => {
  const deadlines = new Deadlines(100);
  const start = performance.now();
  const all = [1, 99, 100, 101, 250].map((after) => ({ after, item: watched() }));
  for (const { after, item } of all) deadlines.watch(item, start + after);
  vi.advanceTimersByTime(1000);
  for (const { after, item } of all) {
    expect(item.seen).toHaveLength(1);
    const late = (item.seen[0] as number) - start - after;
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThanOrEqual(200);
  }
  deadlines.stop();
});

test("a deadline can be moved, repeated and forgotten", () => {
  const deadlines = new Deadlines(100);
  const start = performance.now();
  const moved = watched();
  const repeated = watched(start + 500, start + 900);
  const forgotten = watched();
  deadlines.watch(moved, start + 200);
  deadlines.watch(moved, start + 800);
  deadlines.watch(repeated, start + 100);
  deadlines.watch(forgotten, start + 100);
  deadlines.forget(forgotten);
  vi.advanceTimersByTime(700);
  expect(moved.seen).toHaveLength(0);
  vi.advanceTimersByTime(1300);
  expect(moved.seen).toHaveLength(1);
  expect(repeated.seen).toHaveLength(3);
  expect(forgotten.seen).toHaveLength(0);
  deadlines.stop();
});
