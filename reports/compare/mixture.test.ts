import hdr from "hdr-histogram-js";
import { describe, expect, it } from "vitest";
import type { SeriesPoint } from "../../harness/result/index.ts";
import { Random } from "../testing/random.ts";
import { addInterval, addMass, blocksOf, emptyMass, quantiles } from "./mixture.ts";
import { parseTolerances, toleranceOf } from "./tolerance.ts";

describe("samples put together from stored percentiles", () => {
  it("have the percentiles of the samples themselves, to a few percent", () => {
    const random = new Random(3);
    const [whole, mass] = [hdr.build({ highestTrackableValue: 1e9 }), emptyMass()];
    for (let second = 0; second < 60; second += 1) {
      const interval = hdr.build({ highestTrackableValue: 1e9 });
      for (let index = 0; index < 1000; index += 1)
        interval.recordValue(Math.round(random.logNormal(second === 30 ? 90_000 : 2000, 0.4)));
      whole.add(interval);
      const at = (percentile: number): number => interval.getValueAtPercentile(percentile) / 1000;
      addInterval(mass, {
        count: 1000,
        p50: at(50),
        p90: at(90),
        p95: at(95),
        p99: at(99),
        p999: at(99.9),
        max: at(100),
      });
    }
    const found = quantiles(mass, [0.5, 0.95, 0.99]) ?? [];
    for (const [index, percentile] of [50, 95, 99].entries()) {
      const truth = whole.getValueAtPercentile(percentile) / 1000;
      expect(Math.abs((found[index] ?? 0) / truth - 1)).toBeLessThan(0.05);
    }
    // The one stalled second is 1.7% of the samples, so it is what p99 shows; a mean of 60 values would hide it.
    expect(found[2]).toBeGreaterThan(40);
  });

  it("add up", () => {
    const [a, b] = [emptyMass(), emptyMass()];
    addInterval(a, { count: 100, p50: 1, p99: 1, max: 1 });
    addInterval(b, { count: 300, p50: 10, p99: 10, max: 10 });
    addMass(a, b);
    const [p20, p50] = quantiles(a, [0.2, 0.9]) ?? [];
    expect(p20).toBeLessThan(1.1);
    expect(p50).toBeGreaterThan(9);
  });

  it("have no percentile when there are none", () => {
    expect(quantiles(emptyMass(), [0.5])).toBeUndefined();
  });

  it("are cut into blocks of neighbours, without the seconds that had none", () => {
    const point = (at: number, count: number): SeriesPoint => ({
      at,
      clients: 1,
      rates: {},
      metrics: count === 0 ? {} : { m: { count, p50: 1, p99: 2, max: 3 } },
    });
    const points = Array.from({ length: 25 }, (_, index) => point(index * 1000, index % 5 === 0 ? 0 : 10));
    const blocks = blocksOf(points, "m", 10);
    expect(blocks).toHaveLength(10);
    expect(blocks.map((mass) => Math.round(mass.reduce((sum, count) => sum + count, 0)))).toEqual(Array(10).fill(20));
  });
});

describe("tolerances", () => {
  it("are read for all figures and for one, as a share and in milliseconds", () => {
    const tolerances = parseTolerances(["5%", "msg_e2e.p99 = 12.5%", "msg_ack.p50=2ms"]);
    expect(toleranceOf("login.p50", 10, tolerances, true)).toBe(0.05);
    expect(toleranceOf("msg_e2e.p99", 10, tolerances, true)).toBe(0.125);
    expect(toleranceOf("msg_ack.p50", 10, tolerances, true)).toBe(0.2);
  });

  it("are wider for single runs when none is given", () => {
    expect(toleranceOf("m.p50", 1, parseTolerances([]), true)).toBeLessThan(
      toleranceOf("m.p50", 1, parseTolerances([]), false),
    );
  });

  it.each(["ten", "10", "msg_e2e=5%", "msg_e2e.p99=5s"])("cannot be %s", (text) => {
    expect(() => parseTolerances([text])).toThrow(/a tolerance looks like 10%, msg_e2e\.p99=10% or msg_ack\.p50=2ms/);
  });
});
