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
  /** From the end of the ramp to the traffic where both begin at agreed times: groups are made in it, histories filled. */
  settleMs: number;
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
 * How many users of a run have somebody to talk to. Numbers are given from 0, and only the last user can be left over.
 * @param layers who talks to whom
 */
export function countActors(clients: number, layers: readonly ConversationLayer[]): number {
  if (layers.length === 0) return 0;
  const isAlone = layers.every((layer) => clients % sizeOf(layer) === 1);
  return isAlone ? clients - 1 : clients;
}

/** How many consecutive users no layer cuts apart: the least common multiple of the sizes. */
export function blockSize(layers: readonly ConversationLayer[]): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  return layers.map(sizeOf).reduce((block, size) => (block * size) / divisor(block, size), 1);
}

/** How many users of a layer make one conversation. */
export function sizeOf(layer: ConversationLayer): number {
  return layer.kind === "pair" ? 2 : layer.size;
}

/**
 * Cuts the users into shares of about the same size.
 * @param accounts of consecutive users
 * @param block how many consecutive users must stay together
 * @param firstUser number of the first of them within the run, a multiple of the block
 */
export function shareUsers(
  accounts: readonly Account[],
  workers: number,
  block: number,
  firstUser: number = 0,
): WorkerShare[] {
  const blocks = Math.ceil(accounts.length / block);
  const shares: WorkerShare[] = [];
  let first = 0;
  for (let worker = 0; worker < workers; worker++) {
    const end = Math.min(accounts.length, Math.round((blocks * (worker + 1)) / workers) * block);
    if (end > first) {
      shares.push({
        worker: shares.length,
        firstUser: firstUser + first,
        users: end - first,
        accounts: accounts.slice(first, end),
      });
    }
    first = end;
  }
  return shares;
}
