import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { logRepeatsOnce } from "./log-repeats.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a line that comes again and again is told once, then once per second with its count", () => {
  const lines: string[] = [];
  const log = logRepeatsOnce((line) => lines.push(line));
  for (let index = 0; index < 1000; index++) log("the disk is full");
  log("something else");
  expect(lines).toEqual(["the disk is full", "something else"]);
  vi.advanceTimersByTime(1000);
  expect(lines.slice(2)).toEqual(["the disk is full (999 more times)"]);
  vi.advanceTimersByTime(5000);
  expect(lines).toHaveLength(3);
  log("the disk is full");
  expect(lines.slice(3)).toEqual(["the disk is full"]);
});
