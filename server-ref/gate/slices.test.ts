import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Slices } from "./slices.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Slices that note how many items each of them did. */
function counted(mostSlices: number): { slices: Slices<number>; done: number[]; counts(): number[] } {
  const done: number[] = [];
  const slices = new Slices<number>(mostSlices, (item) => done.push(item));
  return {
    slices,
    done,
    counts() {
      const counts = [done.length];
      while (vi.getTimerCount() > 0) {
        const before = done.length;
        vi.advanceTimersToNextTimer();
        counts.push(done.length - before);
      }
      return counts;
    },
  };
}

function fill(slices: Slices<number>, from: number, to: number): void {
  for (let item = from; item < to; item++) slices.waiting.add(item);
}

test("few items are done at once", () => {
  const { slices, done } = counted(10);
  fill(slices, 0, 100);
  slices.start();
  expect(done).toHaveLength(100);
  expect(vi.getTimerCount()).toBe(0);
});

test("many are done in their order within the promised number of slices, all of one size", () => {
  const { slices, done, counts } = counted(10);
  fill(slices, 0, 5000);
  slices.start();
  expect(counts()).toEqual(Array(10).fill(500));
  expect(done).toEqual(Array.from({ length: 5000 }, (_, item) => item));
});

test("more that come meanwhile make the slices larger, not more at a moment", () => {
  const { slices, done, counts } = counted(10);
  fill(slices, 0, 1000);
  slices.start();
  fill(slices, 1000, 10_000);
  slices.start();
  expect(done).toHaveLength(100);
  expect(Math.max(...counts())).toBe(990);
  expect(done).toHaveLength(10_000);
});

test("what is taken out is spared, and a stop leaves the rest undone", () => {
  const { slices, done } = counted(10);
  fill(slices, 0, 300);
  slices.start();
  slices.waiting.delete(150);
  vi.advanceTimersToNextTimer();
  expect(done).not.toContain(150);
  slices.stop();
  vi.runAllTimers();
  expect(done).toHaveLength(200);
});
