import { decodeHistogram, type LoadResult, type MetricSummary, mergeHistograms } from "../../harness/result/index.ts";
import { leadingMetric } from "../headline.ts";
import { meanRatio, percentileRatios, type RatioInterval, seededChance } from "./bootstrap.ts";
import type { Change, ComparedFigure } from "./comparison.ts";
import { blocksOf, type Mass } from "./mixture.ts";
import { type Tolerances, toleranceOf } from "./tolerance.ts";

/** Seconds that a block should span, to hold what repeats within seconds. */
const BLOCK_SECONDS = 5;
const MIN_BLOCKS = 10;
const MAX_BLOCKS = 60;

const percentiles: [field: "p50" | "p95" | "p99", share: number][] = [
  ["p50", 0.5],
  ["p95", 0.95],
  ["p99", 0.99],
];

/** Compares every metric that both sides measured, the one that speaks for the run first, then what was counted. */
export function compareLoads(
  base: readonly LoadResult[],
  candidate: readonly LoadResult[],
  { tolerances, seed }: { tolerances: Tolerances; seed: number },
): ComparedFigure[] {
  const repeated = base.length > 1 && candidate.length > 1;
  const leading = base[0] && leadingMetric(base[0]);
  const names = Object.keys(base[0]?.metrics ?? {})
    .filter((name) => [...base, ...candidate].every((run) => (run.metrics[name]?.count ?? 0) > 0))
    .sort((a, b) => Number(b === leading) - Number(a === leading));
  const figures = names.flatMap((name) => compareMetric(name, base, candidate, { tolerances, seed, repeated }));
  return [...figures, ...countedFigures(base, candidate)];
}

interface Settings {
  tolerances: Tolerances;
  seed: number;
  repeated: boolean;
}

function compareMetric(
  name: string,
  base: readonly LoadResult[],
  candidate: readonly LoadResult[],
  settings: Settings,
): ComparedFigure[] {
  const figures: ComparedFigure[] = [];
  const summaries = (runs: readonly LoadResult[]): MetricSummary[] => runs.flatMap((run) => run.metrics[name] ?? []);
  const [before, after] = [summaries(base), summaries(candidate)];
  if (before.every(({ unit }) => unit === "ms")) {
    const blocks = (runs: readonly LoadResult[]): Mass[][] =>
      runs.map((run) => blocksOf(measuredPoints(run, name), name, blockCount(run)));
    const shares = percentiles.map(([, share]) => share);
    const spreads = percentileRatios(blocks(base), blocks(candidate), shares, seededChance(settings.seed));
    for (const [index, [field]] of percentiles.entries()) {
      const [from, to] = [pooledPercentile(before, field), pooledPercentile(after, field)];
      if (from === undefined || to === undefined) continue;
      figures.push(
        judged(`${name}.${field}`, "ms", { from, to, spread: spreads?.[index], higherIsWorse: true }, settings),
      );
    }
  }
  const rate = compareRate(name, base, candidate, settings);
  return rate === undefined ? figures : [...figures, rate];
}

/** Throughput of what went on all the time; of what came in bursts (logins) a rate per second says nothing. */
function compareRate(
  name: string,
  base: readonly LoadResult[],
  candidate: readonly LoadResult[],
  settings: Settings,
): ComparedFigure | undefined {
  const perSecond = (run: LoadResult): number[] =>
    measuredPoints(run, name).map(
      ({ metrics }) => ((metrics[name]?.count ?? 0) * 1000) / (run.seriesIntervalMs ?? 1000),
    );
  const [before, after] = [base.map(perSecond), candidate.map(perSecond)];
  const steady = (values: readonly number[]): boolean => values.filter((value) => value > 0).length > values.length / 2;
  if (![...before, ...after].every(steady)) return undefined;
  const mean = (runs: readonly LoadResult[]): number =>
    runs.reduce((sum, run) => sum + (run.metrics[name]?.rate ?? 0), 0) / runs.length;
  const spread = meanRatio(before, after, seededChance(settings.seed));
  return judged(
    `${name}.rate`,
    "perSecond",
    { from: mean(base), to: mean(candidate), spread, higherIsWorse: false },
    settings,
  );
}

/** The measured part: steady phases where they are known and hold the metric (logins come before), else everything. */
function measuredPoints({ series, phases = [] }: LoadResult, name: string): LoadResult["series"] {
  const phase = phases.filter((entry) => entry.name === "steady");
  const steady = series.filter(({ at }) => phase.some((entry) => at >= entry.at && at < entry.at + entry.durationMs));
  return steady.some(({ metrics }) => (metrics[name]?.count ?? 0) > 0) ? steady : series;
}

function blockCount(run: LoadResult): number {
  const seconds = (run.series.length * (run.seriesIntervalMs ?? 1000)) / 1000;
  return Math.min(MAX_BLOCKS, Math.max(MIN_BLOCKS, Math.round(seconds / BLOCK_SECONDS)));
}

/** The percentile of all samples of the runs together; unknown for several runs without histograms, since percentiles have no mean. */
function pooledPercentile(runs: readonly MetricSummary[], field: "p50" | "p95" | "p99"): number | undefined {
  const histograms = runs.flatMap(({ histogram }) => histogram ?? []);
  if (histograms.length === runs.length && runs.length > 1) {
    const merged = mergeHistograms(histograms);
    return decodeHistogram(merged).getValueAtPercentile(Number(field.slice(1))) / merged.valuesPerUnit;
  }
  return runs.length === 1 ? (runs[0]?.[field] ?? undefined) : undefined;
}

interface Pair {
  from: number;
  to: number;
  spread: RatioInterval | undefined;
  higherIsWorse: boolean;
}

function judged(
  figure: string,
  unit: ComparedFigure["unit"],
  { from, to, spread, higherIsWorse }: Pair,
  settings: Settings,
): ComparedFigure {
  const tolerance = toleranceOf(figure, from, settings.tolerances, settings.repeated);
  const ratio = from > 0 ? to / from : undefined;
  const interval = spread === undefined ? undefined : { low: spread.low - 1, high: spread.high - 1 };
  return {
    figure,
    unit,
    base: from,
    candidate: to,
    ...(ratio === undefined ? {} : { change: ratio - 1 }),
    ...(interval === undefined ? {} : { interval }),
    tolerance,
    outcome: interval === undefined ? "unsure" : outcomeOf(interval, tolerance, higherIsWorse),
  };
}

/** Beyond, within, or neither: the whole interval has to agree. */
export function outcomeOf(
  { low, high }: { low: number; high: number },
  tolerance: number,
  higherIsWorse: boolean,
): Change {
  if (low > tolerance) return higherIsWorse ? "worse" : "better";
  if (high < -tolerance) return higherIsWorse ? "better" : "worse";
  return low >= -tolerance && high <= tolerance ? "same" : "unsure";
}

/** Violations and failed clients are counted, not sampled: one more is one more. */
function countedFigures(base: readonly LoadResult[], candidate: readonly LoadResult[]): ComparedFigure[] {
  const violations = (run: LoadResult): number =>
    Object.values(run.checks).reduce((sum, check) => sum + check.violations, 0);
  const figures: [string, (run: LoadResult) => number][] = [
    ["checks.violations", violations],
    ["clients.failed", (run) => run.clients.failed],
  ];
  return figures.map(([figure, of]): ComparedFigure => {
    const worst = (runs: readonly LoadResult[]): number => Math.max(...runs.map(of));
    const [from, to] = [worst(base), worst(candidate)];
    return {
      figure,
      unit: "count",
      base: from,
      candidate: to,
      tolerance: 0,
      ...(from > 0 ? { change: to / from - 1 } : {}),
      outcome: to > from ? "worse" : to < from ? "better" : "same",
    };
  });
}
