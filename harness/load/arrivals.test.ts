import { describe, expect, it } from "vitest";
import { ArrivalSchedule, parseStages, type RateStage } from "./arrivals.ts";
import { createRandom } from "./random.ts";

function arrivals(stages: RateStage[], spacing: "poisson" | "uniform"): number[] {
  const schedule = new ArrivalSchedule(stages, spacing, createRandom(1, "test"));
  const times: number[] = [];
  for (let time = schedule.next(); time !== undefined; time = schedule.next()) times.push(time);
  return times;
}

const steady: RateStage[] = [{ durationMs: 10_000, fromRate: 100, toRate: 100 }];

describe("arrivals", () => {
  it("tick like a clock when uniform", () => {
    const times = arrivals(steady, "uniform");
    expect(times).toHaveLength(1000);
    times.forEach((time, n) => {
      expect(time).toBeCloseTo(n * 10, 6);
    });
  });

  it("come independently when Poisson: the right number, as many gaps below the mean as an exponential has", () => {
    const times = arrivals([{ durationMs: 100_000, fromRate: 100, toRate: 100 }], "poisson");
    expect(Math.abs(times.length - 10_000)).toBeLessThan(4 * Math.sqrt(10_000));
    const short = times.filter((time, n) => n > 0 && time - (times[n - 1] as number) < 10).length / times.length;
    expect(Math.abs(short - (1 - Math.exp(-1)))).toBeLessThan(0.02);
  });

  it("follow a rate that rises in a straight line", () => {
    const times = arrivals(parseStages("10s:100"), "uniform");
    expect(Math.abs(times.length - 500)).toBeLessThanOrEqual(1);
    // A quarter of the arrivals of a ramp from 0 lie in its first half.
    expect(Math.abs(times.filter((time) => time < 5000).length - 125)).toBeLessThanOrEqual(1);
  });

  it.each(["poisson", "uniform"] as const)("%s: an empty warm-up or a pause changes nothing", (spacing) => {
    const empty = { durationMs: 0, fromRate: 100, toRate: 100 };
    expect(arrivals([empty, ...steady], spacing)).toEqual(arrivals(steady, spacing));
    const pause = { durationMs: 5000, fromRate: 0, toRate: 0 };
    expect(arrivals([pause, ...steady], spacing)).toEqual(arrivals(steady, spacing).map((time) => time + 5000));
  });

  it("are the same for the same seed, always in order and within their time", () => {
    const times = arrivals(steady, "poisson");
    expect(times).toEqual(arrivals(steady, "poisson"));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.every((time) => time >= 0 && time < 10_000)).toBe(true);
  });

  it("stages that make no sense are refused", () => {
    for (const text of ["", "30s", "30s:x", "x:3", "30s:1:2"])
      expect(() => parseStages(text)).toThrow(/--stages|duration/);
  });
});
