import { expect, it } from "vitest";
import { HeldUpTimes } from "./held-up.ts";
import type { SelfSample } from "./self-monitor.ts";

const calm: SelfSample = {
  intervalMs: 1_000,
  cpu: 0.1,
  waiting: 0,
  rssBytes: 0,
  eventLoopUtilization: 0.1,
  eventLoopDelayP99Ms: 1,
  eventLoopDelayMaxMs: 3,
  gc: 0,
  lateness: undefined,
  longestPauseMs: 0,
};

function timesOf(...samples: Partial<SelfSample>[]): HeldUpTimes {
  const times = new HeldUpTimes();
  for (const sample of samples) times.add({ ...calm, ...sample });
  return times;
}

it.each<[string, Partial<SelfSample>[], string, number, number | undefined]>([
  ["a calm generator explains nothing", [{}, {}], "max", 900, undefined],
  ["a pause as long as the latency explains it", [{ longestPauseMs: 2_000 }], "p(95)", 2_100, 2_000],
  ["one that is short beside it does not", [{ longestPauseMs: 1_000 }], "p(95)", 9_000, undefined],
  ["the processor kept away now and then is a pause as well", [{ eventLoopDelayMaxMs: 300 }], "p(95)", 400, 300],
  ["once in a minute is not seen in a median", [{ eventLoopDelayMaxMs: 900 }, ...calms(59)], "med", 1_000, undefined],
  ["nor in one of twenty", [{ eventLoopDelayMaxMs: 900 }, ...calms(59)], "p(95)", 1_000, undefined],
  ["but in one of a hundred", [{ eventLoopDelayMaxMs: 900 }, ...calms(59)], "p(99)", 1_000, 900],
  ["and in a mean", [{ eventLoopDelayMaxMs: 900 }, ...calms(59)], "avg", 1_000, 900],
])("%s", (_what, samples, aggregation, valueMs, expected) => {
  expect(timesOf(...samples).explains({ aggregation }, valueMs)).toBe(expected);
});

function calms(count: number): Partial<SelfSample>[] {
  return Array.from({ length: count }, () => ({}));
}
