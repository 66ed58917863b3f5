import { expect, it } from "vitest";
import type { SelfSample } from "./self-monitor.ts";
import { Series, type WorkerSecond } from "./series.ts";

const self: SelfSample = {
  intervalMs: 1000,
  cpu: 0.5,
  waiting: undefined,
  rssBytes: 100,
  eventLoopUtilization: 0.5,
  eventLoopDelayP99Ms: 1,
  eventLoopDelayMaxMs: 2,
  gc: 0.01,
  lateness: undefined,
  longestPauseMs: 0,
};

function second(number: number, part: Partial<SelfSample> = {}): WorkerSecond {
  const recorder = { measured: {}, outside: {}, counts: { sent: 5 }, measuredCounts: {}, errors: {} };
  return { second: number, recorder, self: { ...self, ...part }, clients: 10, violations: 0 };
}

it("a second is told once all workers have told it", () => {
  const series = new Series(2);
  expect(series.add(second(3), 0, true)).toBeUndefined();
  const point = series.add(second(3, { rssBytes: 50 }), 1, true);
  expect(point).toMatchObject({ at: 3000, clients: 20, rates: { sent: 10 }, harness: { cpu: 1, rssBytes: 150 } });
});

it("the parts of a second add up: processor time by their length, memory as it was last", () => {
  const series = new Series(1);
  series.add(second(0, { intervalMs: 250, cpu: 1, gc: 0.04 }), 0, false);
  const point = series.add(second(0, { intervalMs: 750, cpu: 0.2, gc: 0, rssBytes: 120 }), 0, true);
  expect(point?.harness).toMatchObject({ cpu: 0.4, gc: 0.01, rssBytes: 120 });
  expect(point?.rates).toEqual({ sent: 10 });
});

it("the last second, of which only a part was told, has memory and processor time, too", () => {
  const series = new Series(2);
  series.add(second(9, { intervalMs: 300 }), 0, false);
  series.add(second(9, { intervalMs: 300 }), 1, false);
  series.finish();
  expect(series.points).toHaveLength(1);
  expect(series.points[0]?.harness).toMatchObject({ cpu: 1, rssBytes: 200 });
});
