import type { DecidedPlan } from "./settings.ts";

/** A machine that makes load, or one slice of it. */
export interface GeneratorMachine {
  processors: number;
  memoryBytes: number;
  /** Files and connections of one process. */
  descriptors: number;
}

/** What bounds how much of a load one machine makes. */
export type NeedsLimit = "memory" | "ports" | "logins" | "messages";

/** What a load takes, worked out from what the engine was measured to take (docs/scale.md). */
export interface LoadNeeds {
  clients: number;
  /** Highest rate of arrivals per second; 0 in the closed model. */
  rate: number;
  /** Logins per second while clients come up, which the target must take. */
  loginsPerSecond: number;
  heartbeatsPerSecond: number;
  /** Addresses of the target that clients are spread over. */
  targetAddresses: number;
  machine: GeneratorMachine;
  /** How many such machines each limit asks for. */
  machinesFor: Record<NeedsLimit, number>;
  /** The most of these. */
  machines: number;
  limit: NeedsLimit;
  /** What one of them does. */
  each: {
    clients: number;
    rate: number;
    workers: number;
    /** Processes and clients, and the kernel's part of each connection. */
    memoryBytes: number;
    /** Source ports for each address of the target. */
    ports: number;
    /** Files and connections of its fullest process. */
    descriptors: number;
  };
  /** From the beginning of the ramp to the end of the traffic, milliseconds. */
  durationMs: number;
  /** The shortest ramp that these machines can make, milliseconds. */
  shortestRampMs: number;
  merge: { resultBytes: number; memoryBytes: number; seconds: number };
}

/** A client in a worker's memory, and one end of its connection in the kernel's (docs/scale.md). */
const OWN_BYTES = 2_700;
const KERNEL_BYTES = 5_000;
/** A worker before its users come up, and the process that leads the workers. */
const BARE_PROCESS_BYTES = 95e6;
/** What is left to the system and to bursts. */
const USABLE_MEMORY = 0.8;
/** Source ports that Linux finds quickly for one destination: half of its range. */
const PORTS = 14_000;
/** What one processor brings up, and carries, on each second. */
const LOGINS = 1_250;
const MESSAGES = 4_000;
/** Descriptors of a worker beside its connections. */
const OWN_DESCRIPTORS = 200;
/** A histogram of one second in a result, and how many metrics a scenario has in it. */
const HISTOGRAM_BYTES = 700;
const METRICS = 4;
/** What adding one of them takes, seconds, and an open second of the whole, bytes. */
const ADDING_SECONDS = 0.0002;
const MERGE_BYTES = 250e6;

/**
 * Works out what a load needs.
 * @param targetAddresses addresses of the target that clients are spread over, 1 or more
 * @param machine what each machine is like
 */
export function needsOf(plan: DecidedPlan, targetAddresses: number, machine: GeneratorMachine): LoadNeeds {
  const { clients, heartbeatMs, rampMs, settleMs, warmupMs, durationMs, drainMs } = plan;
  const rate = Math.max(0, ...plan.stages.flatMap(({ fromRate, toRate }) => [fromRate, toRate]));
  const { processors, memoryBytes, descriptors } = machine;
  const loginsPerSecond = (clients * 1000) / Math.max(1, rampMs);
  const usable = Math.max(0, memoryBytes * USABLE_MEMORY - (processors + 1) * BARE_PROCESS_BYTES);
  const machinesFor: LoadNeeds["machinesFor"] = {
    memory: atLeastOne(clients / Math.max(1, usable / (OWN_BYTES + KERNEL_BYTES))),
    ports: atLeastOne(clients / (PORTS * targetAddresses)),
    logins: atLeastOne(loginsPerSecond / (LOGINS * processors)),
    messages: atLeastOne(rate / (MESSAGES * processors)),
  };
  const machines = Math.max(...Object.values(machinesFor));
  const limits = Object.entries(machinesFor) as [NeedsLimit, number][];
  const [limit] = limits.find(([, count]) => count === machines) as [NeedsLimit, number];
  const ofEach = Math.ceil(clients / machines);
  const held = Math.ceil(ofEach / Math.max(1, descriptors - OWN_DESCRIPTORS));
  const workers = Math.max(processors, held);
  const seconds = (rampMs + settleMs + warmupMs + durationMs + drainMs) / 1000;
  return {
    clients,
    rate,
    loginsPerSecond,
    heartbeatsPerSecond: (clients * 1000) / heartbeatMs,
    targetAddresses,
    machine,
    machinesFor,
    machines,
    limit,
    each: {
      clients: ofEach,
      rate: rate / machines,
      workers,
      memoryBytes: ofEach * (OWN_BYTES + KERNEL_BYTES) + (workers + 1) * BARE_PROCESS_BYTES,
      ports: Math.ceil(ofEach / targetAddresses),
      descriptors: Math.ceil(ofEach / workers) + OWN_DESCRIPTORS,
    },
    durationMs: rampMs + settleMs + warmupMs + durationMs,
    shortestRampMs: (clients * 1000) / (machines * LOGINS * processors),
    merge: {
      resultBytes: machines * seconds * METRICS * HISTOGRAM_BYTES,
      memoryBytes: MERGE_BYTES + machines * seconds * METRICS * HISTOGRAM_BYTES,
      seconds: machines * seconds * METRICS * ADDING_SECONDS,
    },
  };
}

function atLeastOne(machines: number): number {
  return Math.max(1, Math.ceil(machines));
}
