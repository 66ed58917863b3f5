import type { JsonValue } from "./common.ts";
import type { CheckSummary, MachineUsage, Phase, ProcessSample } from "./load-parts.ts";

/** What makes the result of a slice more than a result: which part it is, when it was, and all that a merge adds up. */
export interface SliceRecord {
  /** Which slice, from 1. */
  index: number;
  /** How many slices the load was cut into. */
  of: number;
  /** Its users, by their numbers within the whole load. */
  users: { first: number; count: number };
  /** The whole load, as every slice of it has it. */
  plan: SlicedPlan;
  /** SHA-256 of the plan, hexadecimal: slices with the same one belong together. */
  planHash: string;
  /** When its clients began to come up, on its machine's clock, ISO 8601. */
  begunAt: string;
  /** By how much that was later than asked for, milliseconds. */
  lateMs?: number;
  /** When its traffic began; missing where it never came to that. */
  trafficAt?: string;
  /** By how much that was later than planned, milliseconds. */
  trafficLateMs?: number;
  /** How far its machine's clock is ahead of the target's; missing where the target told no time. */
  clock?: ClockRecord;
  figures: LoadRecord;
}

/** What is the same in all slices of a load. */
export interface SlicedPlan {
  /** Version of the tool: another one may draw another schedule. */
  tool: string;
  target: string;
  scenario: string;
  seed: number;
  slices: number;
  /** When all of them were to begin, ISO 8601; missing where nobody said so. */
  startAt?: string;
  /** Limits on the figures of the whole load. */
  thresholds: string[];
  /** Whether users log in in the traffic and not before. */
  startsOffline: boolean;
  /** Whether there are arrivals. */
  acts: boolean;
  /** Everything else that was decided: clients, rate, times, payload, the scenario's options. */
  load: Record<string, JsonValue>;
}

/** Between which bounds a machine's clock is ahead of the target's, milliseconds; negative when it is behind. */
export interface ClockRecord {
  least: number;
  most: number;
  /** How many answers say so. */
  answers: number;
}

/** An HDR histogram (V2, deflated, base64) of microseconds, with what buckets do not tell exactly. */
export interface EncodedLatencies {
  data: string;
  count: number;
  /** Microseconds, as the following. */
  sum: number;
  min: number;
  max: number;
}

/** The figures of a load before anything was rounded or judged. */
export interface LoadRecord {
  /** Latencies of the measured time, by metric. */
  measured: Record<string, EncodedLatencies>;
  counts: Record<string, number>;
  /** Counts of the measured time. */
  measuredCounts: Record<string, number>;
  errors: Record<string, number>;
  /** From when to when what is measured throughout was due, microseconds since the run began, by metric. */
  spans: Record<string, [from: number, to: number]>;
  seconds: SecondRecord[];
  checks: Record<string, CheckSummary>;
  /** Clients that were never up, by cause. */
  notReached: Record<string, number>;
  /** Clients that lost their connection, by cause. */
  lost: Record<string, number>;
  /** IP addresses that clients connected to. */
  addresses: string[];
  /** Conversations that could not be audited. */
  unaudited: number;
  /** Why the run was ended before its time, when the target was the reason. */
  targetGone?: string;
  saturation: SaturationRecord;
  /** When the generator was held up while clients came up. */
  comingUp: HeldUpInterval[];
  /** Why the machine's table of connections was a limit. */
  connectionTable: string[];
  machine?: MachineUsage;
  phases: Phase[];
  clientsPeak: number;
  rssPeakBytes: number;
  bytesPerClient: number | null;
  workers: number;
  measuredMs: number;
  durationMs: number;
}

/** One second of a load, with its whole histograms. */
export interface SecondRecord {
  /** Number of the second since the run began. */
  second: number;
  clients: number;
  counts: Record<string, number>;
  errors?: Record<string, number>;
  violations: number;
  latencies: Record<string, EncodedLatencies>;
  harness: ProcessSample;
}

/** What the workers said about themselves in the measured time. */
export interface SaturationRecord {
  lateness: EncodedLatencies;
  delaysMs: number[];
  samples: number;
  busySamples: number;
  cpuMs: number;
  gcMs: number;
  workerMs: number;
  waitedMs?: number;
  worstDelayP99Ms: number;
  longestPauseMs: number;
}

/** An interval of one worker, and for how long it was held up in it, milliseconds. */
export interface HeldUpInterval {
  millis: number;
  heldUpMs: number;
}

/** What a result that was merged says of its slices. */
export interface MergedSlices {
  /** How many the load was cut into. */
  of: number;
  planHash: string;
  merged: MergedSlice[];
  /** Numbers of those whose results were not there. */
  missing: number[];
  /** How far two of the machines' clocks may be apart at most, milliseconds; missing where the target told no time. */
  clocksApartMs?: number;
}

/** One slice as the whole names it. */
export interface MergedSlice {
  index: number;
  /** Id of its run. */
  run: string;
  verdict: "pass" | "fail" | "invalid";
  begunAt: string;
  lateMs?: number;
  trafficAt?: string;
  clock?: ClockRecord;
  partial: boolean;
}
