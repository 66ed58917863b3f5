import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { awakeDeadline, awakeTimeout } from "./awake-timeout.ts";

/** How long the process has stood still so far, milliseconds. */
let stoodStillMs = 0;

beforeEach(() => {
  vi.useFakeTimers();
  stoodStillMs = 0;
  const now = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => now() + stoodStillMs);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** The process does nothing for so long: clocks go on, and a timer that is due comes so much later. */
function standStill(millis: number): void {
  stoodStillMs += millis;
  vi.advanceTimersToNextTimer();
}

it.each([0, 100, 250, 3_000])("comes after %i ms, and once", (millis) => {
  const act = vi.fn();
  awakeTimeout(act, millis);
  vi.advanceTimersByTime(Math.max(0, millis - 1));
  expect(act).toHaveBeenCalledTimes(millis === 0 ? 1 : 0);
  vi.advanceTimersByTime(60_000);
  expect(act).toHaveBeenCalledTimes(1);
});

it("does not count the time in which the process stood still", () => {
  const act = vi.fn();
  awakeTimeout(act, 3_000);
  vi.advanceTimersByTime(1_000);
  standStill(20_000);
  vi.advanceTimersByTime(1_900);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  expect(act).toHaveBeenCalledTimes(1);
});

it("gives what came meanwhile a turn to be read, although it is due by then", () => {
  const act = vi.fn();
  awakeTimeout(act, 100);
  standStill(4_000);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100);
  expect(act).toHaveBeenCalledTimes(1);
});

it("never comes when it is cleared, or when there is no limit", () => {
  const act = vi.fn();
  awakeTimeout(act, 1_000)();
  awakeTimeout(act, Number.POSITIVE_INFINITY);
  vi.advanceTimersByTime(100_000);
  expect(act).not.toHaveBeenCalled();
});

it("comes in the end, although the process stands still again and again", () => {
  const act = vi.fn();
  awakeTimeout(act, 3_000);
  while (act.mock.calls.length === 0 && stoodStillMs < 60_000) standStill(1_500);
  expect(act).toHaveBeenCalledTimes(1);
  expect(stoodStillMs).toBeGreaterThan(12_000);
  expect(stoodStillMs).toBeLessThan(20_000);
});

it("gives what came a turn to be read also when it is postponed no longer", () => {
  const act = vi.fn();
  awakeTimeout(act, 1_000);
  standStill(100_000);
  standStill(100_000);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersToNextTimer();
  expect(act).toHaveBeenCalledTimes(1);
});

describe("a signal with a deadline", () => {
  it("is raised by the time in which the process was awake alone", () => {
    const { signal } = awakeDeadline(3_000);
    vi.advanceTimersByTime(1_000);
    standStill(20_000);
    vi.advanceTimersByTime(1_900);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(200);
    expect(signal.reason).toMatchObject({ name: "TimeoutError", message: "nothing came within 3000 ms" });
  });

  it("is raised with another one, for its reason, and never once it is cleared", () => {
    const other = new AbortController();
    const { signal } = awakeDeadline(3_000, other.signal, undefined);
    other.abort("enough");
    expect(signal.reason).toBe("enough");
    const { signal: cleared, clear } = awakeDeadline(3_000);
    clear();
    vi.advanceTimersByTime(100_000);
    expect(cleared.aborted).toBe(false);
  });
});
