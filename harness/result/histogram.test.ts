import hdr, { type Histogram } from "hdr-histogram-js";
import { describe, expect, it } from "vitest";
import { encodeHistogram, mergeHistograms, percentileCurve, summarizeHistogram } from "./histogram.ts";

const MICROSECONDS_PER_MS = 1000;

function recorded(values: Iterable<number>): Histogram {
  const histogram = hdr.build({
    bitBucketSize: 32,
    numberOfSignificantValueDigits: 3,
    highestTrackableValue: 60_000_000,
  });
  for (const value of values) histogram.recordValue(value);
  return histogram;
}

/** 1 to `count` milliseconds, once each, in microseconds. */
function* milliseconds(count: number): Generator<number> {
  for (let ms = 1; ms <= count; ms += 1) yield ms * MICROSECONDS_PER_MS;
}

/** HDR histograms of three digits are right to one in a thousand. */
const near = (actual: number | null | undefined, expected: number): void => {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(expected / 1000);
};

describe("summary", () => {
  it("gives percentiles in the metric's unit", () => {
    const summary = summarizeHistogram(recorded(milliseconds(1000)), {
      unit: "ms",
      valuesPerUnit: MICROSECONDS_PER_MS,
      seconds: 10,
    });
    expect(summary).toMatchObject({ unit: "ms", count: 1000, rate: 100 });
    near(summary.min, 1);
    near(summary.p50, 500);
    near(summary.p99, 990);
    near(summary.p999, 999);
    near(summary.max, 1000);
    near(summary.mean, 500.5);
  });

  it("has no values without samples", () => {
    const summary = summarizeHistogram(recorded([]), { unit: "ms", valuesPerUnit: 1000, seconds: 10 });
    expect(summary).toMatchObject({ count: 0, rate: 0, min: null, p99: null, max: null });
    expect(summary.histogram).toBeUndefined();
  });
});

describe("merge", () => {
  it("gives what one histogram of all samples would have given", () => {
    const all = [...milliseconds(5000)];
    const parts = [0, 1, 2].map((part) => recorded(all.filter((_, index) => index % 3 === part)));
    const merged = mergeHistograms(parts.map((part) => encodeHistogram(part, MICROSECONDS_PER_MS)));
    expect(percentileCurve(merged)).toEqual(percentileCurve(encodeHistogram(recorded(all), MICROSECONDS_PER_MS)));
  });

  it("refuses different units", () => {
    const [a, b] = [encodeHistogram(recorded([1]), 1000), encodeHistogram(recorded([1]), 1)];
    expect(() => mergeHistograms([a, b])).toThrow("cannot merge histograms of 1000 and 1 values per unit");
  });
});

describe("percentile curve", () => {
  it("rises from the smallest to the largest sample", () => {
    const curve = percentileCurve(encodeHistogram(recorded(milliseconds(1000)), MICROSECONDS_PER_MS));
    near(curve[0]?.value, 1);
    near(curve.at(-1)?.value, 1000);
    expect(curve.at(-1)?.percentile).toBeCloseTo(99.9);
    for (const [index, point] of curve.entries()) {
      expect(point.value).toBeGreaterThanOrEqual(curve[index - 1]?.value ?? 0);
      expect(point.percentile).toBeGreaterThan(curve[index - 1]?.percentile ?? -1);
    }
  });

  it("is empty without samples, and one point for one sample", () => {
    expect(percentileCurve(encodeHistogram(recorded([]), 1))).toEqual([]);
    expect(percentileCurve(encodeHistogram(recorded([7]), 1))).toEqual([{ percentile: 0, value: 7 }]);
  });
});
