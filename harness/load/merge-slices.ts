import { Violations, type ViolationsFlush } from "../check/index.ts";
import { evaluate, HeldUpTimes, parseThreshold, SaturationJudge, Series, Totals } from "../measure/index.ts";
import type { LoadRecord, LoadResult, MergedSlices, Phase, SlicedPlan, SliceRecord } from "../result/index.ts";
import type { LoadFindings } from "./coordinator.ts";
import { composeResult, type ResultPlan } from "./load-result.ts";
import { nameOfSlice } from "./slice.ts";
import { type SliceResult, sortSlices } from "./slice-set.ts";
import { compareTimes } from "./slice-times.ts";
import { SlicedSaturation } from "./sliced-saturation.ts";

/** What a merge is made for. */
export interface Merge {
  tool: LoadResult["tool"];
  /** The command line that repeats it. */
  command: string;
  label?: string | undefined;
  /** Why some results are not there, one sentence each. */
  withoutResult: readonly string[];
}

/**
 * Makes one result of the slices of a load: what they counted is added up, and checks, thresholds and the generator are
 * judged on the whole, as if one machine had made it.
 * @param given the results, with the names that sentences call them by
 * @throws CuppingError `usage` when one is no slice, or there is none
 */
export function mergeSlices(given: readonly SliceResult[], merge: Merge): LoadResult {
  const { plan, planHash, chosen, missing, problems } = sortSlices(given);
  const results = chosen.map(({ result }) => result);
  const slices = results.map(({ slice }) => slice);
  const times = compareTimes(slices);
  const interrupted = results.filter(({ run }) => run.partial);
  const isCutShort = missing.length === 0 && interrupted.length === results.length;
  const cut = isCutShort ? [] : interrupted.map(({ slice }) => `${nameOfSlice(slice)} was interrupted`);
  const findings = addUp(slices, times.shifts, plan, isCutShort);
  addTarget(findings.series, results, times.shifts);
  const [first] = results as [SliceResult["result"]];
  const merged: MergedSlices = {
    of: plan.slices,
    planHash,
    merged: results.map(describeSlice),
    missing,
    ...(times.clocksApartMs !== undefined && { clocksApartMs: times.clocksApartMs }),
  };
  return composeResult(findings, {
    tool: merge.tool,
    runId: runIdOf(results),
    startedAt: new Date(times.beganAt).toISOString(),
    command: merge.command,
    label: merge.label,
    target: targetOf(results),
    environment: first.environment,
    scenario: { name: plan.scenario, startsOffline: plan.startsOffline, acts: plan.acts },
    plan: resultPlan(plan, slices),
    clients: resultPlan(plan, slices).clients,
    thresholds: plan.thresholds.map(parseThreshold),
    targetUsage: first.targetUsage,
    notWhole: [...problems, ...merge.withoutResult, ...cut, ...times.problems],
    slices: merged,
  });
}

/** What the slices found, as the findings of one run. @param shifts by how many milliseconds each began after the first */
function addUp(
  slices: readonly SliceRecord[],
  shifts: readonly number[],
  plan: SlicedPlan,
  interrupted: boolean,
): LoadFindings {
  const totals = new Totals();
  const violations = new Violations();
  const series = new Series(slices.length);
  const saturation = new SaturationJudge();
  const comingUp = new HeldUpTimes();
  const notReached: Record<string, number> = {};
  const lost: Record<string, number> = {};
  slices.forEach(({ figures }, at) => {
    const shift = shifts[at] as number;
    totals.add({ ...figures, spans: shiftedSpans(figures.spans, shift) });
    violations.add(figures.checks as ViolationsFlush);
    saturation.merge(figures.saturation);
    comingUp.merge(figures.comingUp);
    addTo(notReached, figures.notReached);
    addTo(lost, figures.lost);
  });
  const figures = slices.map((slice) => slice.figures);
  series.addRecorded(
    figures.map(({ seconds }) => seconds),
    shifts.map((shift) => Math.round(shift / 1000)),
  );
  series.finish();
  const measuredMs = Math.max(...figures.map((one) => one.measuredMs));
  const failed = [...Object.values(notReached), ...Object.values(lost)].reduce((sum, count) => sum + count, 0);
  const judged = { totals, violations: violations.total, clientsFailed: failed, measuredSeconds: measuredMs / 1000 };
  return {
    totals,
    series,
    violations,
    saturation: new SlicedSaturation(saturation, slices),
    comingUp,
    connectionTable: { reasons: ofSlices(slices, ({ connectionTable }) => connectionTable) },
    machine: undefined,
    thresholds: plan.thresholds.map((expression) => evaluate(parseThreshold(expression), judged)),
    phases: envelope(figures, shifts),
    notReached,
    lost,
    addresses: [...new Set(figures.flatMap(({ addresses }) => addresses))],
    unaudited: sum(figures.map(({ unaudited }) => unaudited)),
    clientsPeak: peakOf(series, figures, plan),
    rssPeakBytes: sum(figures.map(({ rssPeakBytes }) => rssPeakBytes)),
    bytesPerClient: bytesPerClient(figures),
    targetGone: ofSlices(slices, ({ targetGone }) => (targetGone === undefined ? [] : [targetGone]))[0],
    interrupted,
    measuredMs,
    durationMs: Math.max(...figures.map(({ durationMs }, at) => durationMs + (shifts[at] as number))),
  };
}

/** Every slice has watched the target: what the first of them saw in a second stands for all. */
function addTarget(series: Series, results: readonly LoadResult[], shifts: readonly number[]): void {
  const seen = new Map<number, LoadResult["series"][number]["target"]>();
  results.forEach((result, at) => {
    const shift = Math.round((shifts[at] as number) / 1000) * 1000;
    for (const point of result.series)
      if (point.target && !seen.has(point.at + shift)) seen.set(point.at + shift, point.target);
  });
  for (const point of series.points) {
    const target = seen.get(point.at);
    if (target) point.target = target;
  }
}

function describeSlice({ run, verdict, slice }: SliceResult["result"]): MergedSlices["merged"][number] {
  const { index, begunAt, lateMs, trafficAt, clock } = slice;
  return {
    index,
    run: run.id,
    verdict,
    begunAt,
    ...(lateMs !== undefined && { lateMs }),
    ...(trafficAt !== undefined && { trafficAt }),
    ...(clock && { clock }),
    partial: run.partial,
  };
}

/** The plan of the whole load, and as many workers as its slices had. */
function resultPlan(plan: SlicedPlan, slices: readonly SliceRecord[]): ResultPlan {
  const load = plan.load as unknown as Omit<ResultPlan, "seed" | "workers">;
  return { ...load, seed: plan.seed, workers: sum(slices.map(({ figures }) => figures.workers)) };
}

/** Of the runs that were merged, in their order. */
function runIdOf(results: readonly SliceResult["result"][]): string {
  let id = 0;
  for (const { run } of results) id = (Math.imul(id, 31) + Number.parseInt(run.id, 16)) >>> 0;
  return id.toString(16).padStart(8, "0");
}

function targetOf(results: readonly SliceResult["result"][]): LoadResult["target"] {
  const [{ target }] = results as [LoadResult];
  const addresses = [...new Set(results.flatMap((result) => result.target.addresses ?? []))];
  const isUnchecked = results.some((result) => result.target.certificate === "unchecked");
  return {
    ...target,
    ...(addresses.length > 0 && { addresses }),
    ...(isUnchecked && { certificate: "unchecked" as const }),
  };
}

/** From the first to the last in any slice. */
function envelope(figures: readonly LoadRecord[], shifts: readonly number[]): Phase[] {
  const phases = new Map<string, { from: number; to: number }>();
  figures.forEach((one, at) => {
    const shift = shifts[at] as number;
    for (const { name, at: begin, durationMs } of one.phases) {
      const { from, to } = phases.get(name) ?? { from: Number.POSITIVE_INFINITY, to: 0 };
      phases.set(name, { from: Math.min(from, begin + shift), to: Math.max(to, begin + durationMs + shift) });
    }
  });
  return [...phases].map(([name, { from, to }]) => ({ name, at: from, durationMs: to - from }));
}

/** Clients that stay are all there at one time, those that come and go are counted second by second. */
function peakOf(series: Series, figures: readonly LoadRecord[], { startsOffline }: SlicedPlan): number {
  const peaks = figures.map(({ clientsPeak }) => clientsPeak);
  if (!startsOffline) return sum(peaks);
  return series.points.reduce((most, { clients }) => Math.max(most, clients), Math.max(...peaks));
}

/** The mean over all clients; null where a slice does not know it. */
function bytesPerClient(figures: readonly LoadRecord[]): number | null {
  const clients = sum(figures.map(({ clientsPeak }) => clientsPeak));
  if (clients === 0 || figures.some((one) => one.bytesPerClient === null)) return null;
  return Math.round(sum(figures.map((one) => (one.bytesPerClient ?? 0) * one.clientsPeak)) / clients);
}

/** Sentences of slices, with the slice that says them. */
function ofSlices(slices: readonly SliceRecord[], sentences: (figures: LoadRecord) => readonly string[]): string[] {
  return slices.flatMap((slice) => sentences(slice.figures).map((one) => `${nameOfSlice(slice)}: ${one}`));
}

function shiftedSpans(spans: LoadRecord["spans"], shiftMs: number): LoadRecord["spans"] {
  const shifted = Object.entries(spans).map(
    ([name, [from, to]]) => [name, [from + shiftMs * 1000, to + shiftMs * 1000]] as const,
  );
  return Object.fromEntries(shifted) as LoadRecord["spans"];
}

function addTo(into: Record<string, number>, from: Record<string, number>): void {
  for (const [name, count] of Object.entries(from)) into[name] = (into[name] ?? 0) + count;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
