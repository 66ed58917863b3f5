import type { JsonValue, ResultBase } from "./common.ts";
import type { CheckSummary, MachineUsage, Phase, ProcessSample } from "./load-parts.ts";
import type { MergedSlices, SliceRecord } from "./slice.ts";

/** The result of a load run. */
export interface LoadResult extends ResultBase {
  kind: "load";
  /** Name of the scenario, e.g. `chat`. */
  scenario: string;
  /** `open`: arrivals by the clock, whatever the target does; `closed`: each user waits for its answer. */
  model: "open" | "closed";
  /** The options in effect after defaults: rate, duration, stages, payload, think time … Compared by `cupping compare`. */
  options?: Record<string, JsonValue>;
  clients: {
    requested: number;
    /** Most clients logged in at one time. */
    peak: number;
    failed: number;
    /** Why clients failed: refused, reset, timeout, out of ports, out of descriptors … */
    failures?: Record<string, number>;
  };
  /** Latencies and rates over the measured time (warm-up excluded), by metric name, e.g. `msg_e2e`. */
  metrics: Record<string, MetricSummary>;
  /** Equally spaced points, oldest first. */
  series: SeriesPoint[];
  /** Length of one point of the series, milliseconds. Default 1000. */
  seriesIntervalMs?: number;
  /** What was checked while loading, by name, e.g. `order`, `loss`, `duplicates`, `audit`. */
  checks: Record<string, CheckSummary>;
  thresholds: ThresholdResult[];
  harness: HarnessUsage;
  /** Errors by kind over the whole run, e.g. `login timeout`. */
  errors?: Record<string, number>;
  /** How the target's own usage in the series was seen, or why it was not. */
  targetUsage?: TargetUsage;
  /** What the run did when, for shading the charts. */
  phases?: Phase[];
  /** Found by --find-max. */
  capacity?: Capacity;
  /** That this is one slice of a load, and all that `cupping merge` makes the whole of. */
  slice?: SliceRecord;
  /** What this was merged of. */
  slices?: MergedSlices;
}

/**
 * One metric over the whole measured time. Latency counts from the intended time of sending. Without samples
 * `count` is 0 and the values are null.
 */
export interface MetricSummary {
  unit: "ms" | "count" | "bytes";
  count: number;
  /** Samples per second of the measured time. */
  rate: number;
  min: number | null;
  mean: number | null;
  p50: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
  p999: number | null;
  max: number | null;
  /** The whole distribution, so that it can be drawn, and merged with that of other runs. */
  histogram?: EncodedHistogram;
}

/** An HDR histogram (V2 encoding, deflated, base64), readable in every language that has the library. */
export interface EncodedHistogram {
  encoding: "hdr-v2-deflate-base64";
  /** Recorded values per unit of the metric: 1000 when a millisecond metric was recorded in microseconds. */
  valuesPerUnit: number;
  data: string;
}

/** What happened within one interval. */
export interface SeriesPoint {
  /** Start of the interval, milliseconds since the run began. */
  at: number;
  /** Clients logged in at the end of the interval. */
  clients: number;
  /** Events per second by name, e.g. `sent`, `acknowledged`, `delivered`, `logins`. */
  rates: Record<string, number>;
  /** Latency within the interval by metric name. Metrics without a sample in the interval are left out. */
  metrics: Record<string, IntervalLatency>;
  /** Errors within the interval by kind; kinds without one are left out. */
  errors?: Record<string, number>;
  /** Violations of checks found within the interval. */
  violations?: number;
  harness?: ProcessSample;
  /** From the target's /metrics or its process, where it can be seen. */
  target?: ProcessSample;
}

/** Latencies of what ended within an interval: how many, and their percentiles and maximum in milliseconds. */
export interface IntervalLatency {
  count: number;
  p50: number;
  p90?: number;
  p95?: number;
  p99: number;
  p999?: number;
  max: number;
}

/** A threshold and how it was judged. */
export interface ThresholdResult {
  /** As given, e.g. `msg_e2e: p(99)<200`. */
  expression: string;
  /** What was measured; null when there was no sample. */
  value: number | null;
  ok: boolean;
  /** The run was ended because of it. */
  aborted?: boolean;
}

/** What the load generator itself used: the reader must be able to see that it was not the limit. */
export interface HarnessUsage {
  workers: number;
  /** Cores used, mean over the measured time, all workers together. */
  cpu: number;
  rssPeakBytes: number;
  /** Resident memory per logged-in client, bare process subtracted; null when it could not be measured. */
  bytesPerClient: number | null;
  /** 99th percentile of the event loop's delay, the worst worker. */
  eventLoopDelayMs: number;
  /** The generator, or the machine that it ran on, was the limit: the figures say nothing about the target. */
  saturated: boolean;
  /** Whose limit it was: `generator`, whose processes were busy, or `machine`, which gave them no processor in time. */
  limit?: "generator" | "machine";
  /** Why it counts as saturated and what to change, one sentence each. */
  saturation?: string[];
  /** Share of the time spent in garbage collection, 0 to 1. */
  gc?: number;
  lateSends?: number;
  /** The latest that a message left after its intended time, milliseconds. */
  maxLateMs?: number;
  /** How busy its machine was in the measured time, with whatever; missing where the system does not tell. */
  machine?: MachineUsage;
}

/** Where the figures of the target's process come from. */
export interface TargetUsage {
  /** `process`: the system or container engine, of a target that the run started; `metrics`: its `/metrics`. */
  from: ("process" | "metrics")[];
  /** The address that was asked for metrics. */
  url?: string;
  /** Why there are no metrics, one sentence. */
  missing?: string;
}

/** The answer of --find-max. */
export interface Capacity {
  of: "clients" | "rate";
  /** Largest number that met the thresholds without a violation. */
  found: number;
  /** What stopped the search, e.g. `msg_e2e p(99) crossed 200 ms at 4,000/s`. */
  limit: string;
  /** How sure the figure is, in words. */
  confidence: string;
  /** `ok` is whether the run passed; one whose verdict is `invalid` says nothing about its value. */
  tried: { value: number; ok: boolean; verdict?: "pass" | "fail" | "invalid"; reason?: string }[];
}
