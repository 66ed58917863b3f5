import type { Account } from "../accounts/index.ts";
import type { PayloadText } from "../check/index.ts";
import type { ArrivalSpacing, RateStage } from "./arrivals.ts";
import type { TargetAddressPlan } from "./spread.ts";

/**
 * Who talks to whom: users are numbered from 0, and each layer cuts them into conversations of consecutive users.
 * `pair` needs no set-up; a `group` is created by its first member before the traffic begins.
 */
export type ConversationLayer = { kind: "pair" } | { kind: "group"; size: number };

/** Values of a scenario's own options. */
export type OptionValues = Readonly<Record<string, number | string | boolean>>;

/** Everything about a run that does not depend on the worker. Plain data: it travels between processes. */
export interface LoadPlan {
  /** File of the scenario module, as a URL. */
  scenarioUrl: string;
  options: OptionValues;
  seed: number;
  /** Tag that this run's messages carry, 32 bits; never the same twice, so that no server takes them for repeats. */
  run: number;
  clients: number;
  workers: number;
  target: TargetAddressPlan;
  model: "open" | "closed";
  /** Open model: the rate over the measured time. */
  stages: RateStage[];
  spacing: ArrivalSpacing;
  /** Closed model: mean thinking time, milliseconds. */
  thinkMs: number;
  rampMs: number;
  warmupMs: number;
  /** Measured time. */
  durationMs: number;
  /** Longest wait for what is still on its way after the last message was sent. */
  drainMs: number;
  payloadBytes: number;
  payloadText: PayloadText;
  heartbeatMs: number;
  loginTimeoutMs: number;
  requestTimeoutMs: number;
  /** Whether history, sessions and unread counts are audited after the drain. */
  audit: boolean;
}

/** Which users a worker has: consecutive numbers, cut so that no conversation is split between two workers. */
export interface WorkerShare {
  worker: number;
  firstUser: number;
  users: number;
  /** One per user, in order. */
  accounts: Account[];
}

/**
 * Cuts the users into shares of about the same size.
 * @param block how many consecutive users must stay together
 */
export function shareUsers(accounts: readonly Account[], workers: number, block: number): WorkerShare[] {
  const blocks = Math.ceil(accounts.length / block);
  const shares: WorkerShare[] = [];
  let first = 0;
  for (let worker = 0; worker < workers; worker++) {
    const end = Math.min(accounts.length, Math.round((blocks * (worker + 1)) / workers) * block);
    if (end > first) {
      shares.push({
        worker: shares.length,
        firstUser: first,
        users: end - first,
        accounts: accounts.slice(first, end),
      });
    }
    first = end;
  }
  return shares;
}
