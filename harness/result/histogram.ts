import hdr, { type Histogram } from "hdr-histogram-js";
import { CuppingError } from "../errors.ts";
import type { EncodedHistogram, MetricSummary } from "./load.ts";

/** One point of a distribution: `percentile` percent of the samples are at or below `value` (the metric's unit). */
export interface PercentilePoint {
  percentile: number;
  value: number;
}

/**
 * Encodes a histogram for the result file.
 *
 * @param valuesPerUnit recorded values per unit of the metric: 1000 when milliseconds were recorded in microseconds
 */
export function encodeHistogram(histogram: Histogram, valuesPerUnit: number): EncodedHistogram {
  return { encoding: "hdr-v2-deflate-base64", valuesPerUnit, data: hdr.encodeIntoCompressedBase64(histogram) };
}

/** The histogram itself; its values are in recorded units (see `valuesPerUnit`). */
export function decodeHistogram(encoded: EncodedHistogram): Histogram {
  return hdr.decodeFromCompressedBase64(encoded.data, 32, false);
}

/**
 * The summary of a metric, taken from its histogram.
 *
 * @param seconds the measured time, for the rate
 */
export function summarizeHistogram(
  histogram: Histogram,
  { unit, valuesPerUnit, seconds }: { unit: MetricSummary["unit"]; valuesPerUnit: number; seconds: number },
): MetricSummary {
  const count = histogram.totalCount;
  const rate = seconds > 0 ? count / seconds : 0;
  if (count === 0) {
    return {
      unit,
      count,
      rate,
      min: null,
      mean: null,
      p50: null,
      p90: null,
      p95: null,
      p99: null,
      p999: null,
      max: null,
    };
  }
  const at = (percentile: number): number => histogram.getValueAtPercentile(percentile) / valuesPerUnit;
  return {
    unit,
    count,
    rate,
    min: at(0),
    mean: histogram.mean / valuesPerUnit,
    p50: at(50),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    p999: at(99.9),
    max: histogram.maxValue / valuesPerUnit,
    histogram: encodeHistogram(histogram, valuesPerUnit),
  };
}

/** Adds up histograms of several runs or workers. Their percentiles are exact; averaging percentiles is not. */
export function mergeHistograms(encoded: readonly EncodedHistogram[]): EncodedHistogram {
  const [first, ...others] = encoded;
  if (first === undefined) throw new CuppingError("internal", "no histogram to merge");
  const sum = decodeHistogram(first);
  sum.autoResize = true;
  for (const other of others) {
    if (other.valuesPerUnit !== first.valuesPerUnit) {
      throw new CuppingError(
        "usage",
        `cannot merge histograms of ${first.valuesPerUnit} and ${other.valuesPerUnit} values per unit`,
      );
    }
    sum.add(decodeHistogram(other));
  }
  return encodeHistogram(sum, first.valuesPerUnit);
}

/** Points per factor of ten of rarity (from 90% to 99%, from 99% to 99.9% …). */
const POINTS_PER_DECADE = 20;

/**
 * The distribution on a log percentile axis: equally spaced in log(1 / (1 - p)), up to the rarest sample. The last
 * point is the maximum, at the percentile that one sample of the count stands for.
 */
export function percentileCurve(encoded: EncodedHistogram): PercentilePoint[] {
  const histogram = decodeHistogram(encoded);
  const count = histogram.totalCount;
  if (count === 0) return [];
  const decades = Math.log10(count);
  const points: PercentilePoint[] = [];
  for (let step = 0; step / POINTS_PER_DECADE < decades; step += 1) {
    const percentile = 100 * (1 - 10 ** (-step / POINTS_PER_DECADE));
    points.push({ percentile, value: histogram.getValueAtPercentile(percentile) / encoded.valuesPerUnit });
  }
  points.push({ percentile: 100 * (1 - 1 / count), value: histogram.maxValue / encoded.valuesPerUnit });
  return points;
}
