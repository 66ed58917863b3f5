import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Deadlines, type Watched } from "./deadlines.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout", "performance"] });
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

test("thousands that fall together are looked at some at a time, all within half a second, and may still be spared", () => {
  const deadlines = new Deadlines(100);
  const at = performance.now() + 1000;
  const seenAt: number[] = [];
  const all = Array.from(
    { length: 10_000 },
    (): Watched => ({ bucket: undefined, expire: (now) => void seenAt.push(now) }),
  );
  for (const each of all) deadlines.watch(each, at);
  vi.advanceTimersByTime(1150);
  expect(seenAt.length).toBeGreaterThan(0);
  expect(seenAt.length).toBeLessThan(all.length);
  deadlines.forget(all.at(-1) as Watched);
  deadlines.watch(all.at(-2) as Watched, at + 60_000);
  vi.advanceTimersByTime(600);
  expect(seenAt).toHaveLength(all.length - 2);
  const perMoment = Map.groupBy(seenAt, (moment) => moment);
  expect(Math.max(...[...perMoment.values()].map(({ length }) => length))).toBeLessThanOrEqual(200);
  deadlines.stop();
});
