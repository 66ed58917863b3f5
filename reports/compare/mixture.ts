import type { IntervalLatency, SeriesPoint } from "../../harness/result/index.ts";

/** Bins per factor of ten: one bin is 2.3% wide, and within a bin places are interpolated. */
const BINS_PER_DECADE = 100;
/** 1 µs, in milliseconds: the lower edge of the first bin. */
const LOWEST_MS = 0.001;
/** Up to 1,000 seconds. */
const BINS = BINS_PER_DECADE * 9;

/** How many samples of a metric fell into each logarithmic bin of latency. Adding two is pooling their samples. */
export type Mass = Float64Array;

/** The bin of a latency. */
export function binOf(ms: number): number {
  const bin = Math.floor(Math.log10(Math.max(ms, LOWEST_MS) / LOWEST_MS) * BINS_PER_DECADE);
  return Math.min(BINS - 1, Math.max(0, bin));
}

/** The latency at a place on the bins' scale, whole numbers being lower edges, milliseconds. */
export function latencyAt(place: number): number {
  return LOWEST_MS * 10 ** (place / BINS_PER_DECADE);
}

/** No samples at all. */
export function emptyMass(): Mass {
  return new Float64Array(BINS);
}

/** Adds the samples of `from` to `to`, bin by bin. */
export function addMass(to: Mass, from: Mass): void {
  for (let bin = 0; bin < BINS; bin += 1) to[bin] = (to[bin] ?? 0) + (from[bin] ?? 0);
}

/** For each share (ascending) the latency that it of the samples do not exceed; undefined without samples. */
export function quantiles(mass: Mass, shares: readonly number[]): number[] | undefined {
  let total = 0;
  for (const count of mass) total += count;
  if (total === 0) return undefined;
  const found: number[] = [];
  let seen = 0;
  for (let bin = 0; bin < BINS && found.length < shares.length; bin += 1) {
    const count = mass[bin] ?? 0;
    for (
      let share = shares[found.length];
      share !== undefined && seen + count >= share * total;
      share = shares[found.length]
    ) {
      found.push(latencyAt(bin + (count > 0 ? (share * total - seen) / count : 1)));
    }
    seen += count;
  }
  // Rounding may leave the last share a hair short of the last sample.
  while (found.length < shares.length) found.push(latencyAt(BINS));
  return found;
}

/**
 * Adds the samples of one interval. Only some of its percentiles were stored, so between two of them the samples are
 * spread evenly on the logarithmic scale. A stall of a second keeps its full weight this way, which averaging the
 * percentiles of intervals would lose.
 */
export function addInterval(to: Mass, interval: IntervalLatency): void {
  const known: [share: number, ms: number][] = [
    // The lower half is not stored; latencies rarely go below half of the median.
    [0, interval.p50 / 2],
    [0.5, interval.p50],
    ...(interval.p90 === undefined ? [] : [[0.9, interval.p90] as [number, number]]),
    ...(interval.p95 === undefined ? [] : [[0.95, interval.p95] as [number, number]]),
    [0.99, interval.p99],
    ...(interval.p999 === undefined ? [] : [[0.999, interval.p999] as [number, number]]),
    [1, interval.max],
  ];
  for (const [index, [share, ms]] of known.entries()) {
    const before = known[index - 1];
    if (before === undefined) continue;
    const samples = (share - before[0]) * interval.count;
    const [first, last] = [binOf(before[1]), binOf(Math.max(ms, before[1]))];
    const each = samples / (last - first + 1);
    for (let bin = first; bin <= last; bin += 1) to[bin] = (to[bin] ?? 0) + each;
  }
}

/**
 * A metric's samples in consecutive blocks of intervals. Neighbouring seconds resemble each other (collections,
 * checkpoints), so blocks are what may be resampled, not seconds.
 */
export function blocksOf(points: readonly SeriesPoint[], metric: string, blocks: number): Mass[] {
  const measured = points.filter((point) => (point.metrics[metric]?.count ?? 0) > 0);
  const size = Math.max(1, Math.ceil(measured.length / blocks));
  const masses: Mass[] = [];
  for (const [index, point] of measured.entries()) {
    if (index % size === 0) masses.push(emptyMass());
    const interval = point.metrics[metric];
    const mass = masses.at(-1);
    if (interval !== undefined && mass !== undefined) addInterval(mass, interval);
  }
  return masses;
}
