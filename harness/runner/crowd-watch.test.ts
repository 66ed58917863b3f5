import { cpus } from "node:os";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CrowdWatch } from "./crowd-watch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("tells of a crowd on average since a time, and of none that has gone", () => {
  let perProcessor = 10;
  const watch = new CrowdWatch(() => perProcessor * cpus().length);
  vi.advanceTimersByTime(10_000);
  expect(watch.since(0)).toBe(`${10 * cpus().length} processes wanted to run at a time on ${cpus().length} processors`);
  const later = performance.now();
  perProcessor = 1;
  vi.advanceTimersByTime(10_000);
  expect(watch.since(later)).toBeUndefined();
  watch.stop();
});

it("tells of none where nothing was seen yet, or the system does not tell", () => {
  const watch = new CrowdWatch(() => 0);
  expect(watch.since(0)).toBeUndefined();
  vi.advanceTimersByTime(1_000);
  expect(watch.since(0)).toBeUndefined();
  watch.stop();
});
