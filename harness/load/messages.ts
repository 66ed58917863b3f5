import type { ViolationsFlush } from "../check/index.ts";
import type { WorkerSecond } from "../measure/index.ts";
import type { ClockRecord } from "../result/index.ts";
import type { SentError } from "../sent-error.ts";
import type { LoadPlan, WorkerShare } from "./plan.ts";

/**
 * What a worker does, one after the other, all workers in step:
 * - `ramp`: connects and logs in, spread over the ramp
 * - `prepare`: creates groups, runs the scenario's own preparation
 * - `traffic`: warm-up and measured time
 * - `drain`: sends nothing new and waits for what is still on its way
 * - `audit`: compares history, session lists and unread counts with what was acknowledged
 * - `close`: lets go of all connections
 */
export const phases = ["ramp", "prepare", "traffic", "drain", "audit", "close"] as const;

/** Name of a phase. */
export type PhaseName = (typeof phases)[number];

/** From the parent to a worker. */
export type ToWorker =
  | { do: "start"; plan: LoadPlan; share: WorkerShare; runStartMicros: number }
  /** @property at when the phase begins, on the clock of `nowMicros` */
  | { do: "phase"; phase: PhaseName; at: number }
  /** Ends the phase that is under way as soon as that is possible in order. */
  | { do: "cut-short" };

/** From a worker to the parent. */
export type FromWorker =
  | { say: "ready"; rssBytes: number }
  | { say: "second"; report: WorkerReport }
  | { say: "phase-done"; phase: PhaseName; report: WorkerReport }
  /** The worker cannot go on. */
  | { say: "failed"; error: SentError };

/** What a worker reports every second and at the end of every phase. */
export interface WorkerReport extends WorkerSecond {
  checks: ViolationsFlush;
  /** Clients that could not be brought up, by cause, since the last report. */
  notReached: Record<string, number>;
  /** Clients that lost their connection for the first time, by cause, since the last report. */
  lost: Record<string, number>;
  /** IP addresses that clients connected to since the last report. */
  addresses: string[];
  /** What logins told of the target's clock since the last report; undefined where there was none. */
  clock: ClockRecord | undefined;
  /** Conversations that the audit could not look at, because nobody was online or the target did not answer. */
  unaudited: number;
}
