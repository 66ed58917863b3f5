import type { JsonValue } from "./common.ts";

// Parts of a load's result that the record of a slice has as well.

/** How a process did within an interval. */
export interface ProcessSample {
  /** Cores used: 1 is one core busy all the time. */
  cpu?: number;
  rssBytes?: number;
  /** 99th percentile of the event loop's delay. */
  eventLoopDelayMs?: number;
  /** Share of the time spent in garbage collection, 0 to 1. */
  gc?: number;
  /** Messages sent later than intended by more than the tolerance. */
  lateSends?: number;
}

/** What one check of the messages found in the whole run. */
export interface CheckSummary {
  /** How many facts were checked. */
  checked: number;
  violations: number;
  /** The first few violations. */
  examples: CheckExample[];
  /** What the check proves, one sentence. */
  title?: string;
}

/** One violation, told so that it can be found in the server's data. */
export interface CheckExample {
  /** One or two sentences that name sender, session and index. */
  text: string;
  /** Milliseconds since the run began. */
  at?: number;
  details?: Record<string, JsonValue>;
}

/** How busy the processors of a machine were on average. */
export interface MachineUsage {
  /** Processes that wanted to run at a time. */
  runnable: number;
  cpus: number;
  /** Part of the processors' time that the hypervisor gave to other machines, 0 to 1. */
  steal: number;
  /** Part of the time in which some process waited for a processor, 0 to 1; missing where the kernel does not tell. */
  pressure?: number;
}

/** A part of the run, in time. */
export interface Phase {
  /** `ramp`, `warm-up`, `steady`, `drain`, `audit` … */
  name: string;
  /** Milliseconds since the run began. */
  at: number;
  durationMs: number;
}
