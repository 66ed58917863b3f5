import { availableParallelism, cpus, release, totalmem, type } from "node:os";
import type { Environment } from "../result/index.ts";
import { readLimits } from "./control-group.ts";

/** The machine that makes a run, as every result describes it: by what this process may use of it. */
export function describeMachine(): Environment {
  const [first] = cpus();
  return {
    node: process.version,
    os: `${type().toLowerCase()} ${release()}`,
    arch: process.arch,
    cpus: usableProcessors(),
    ...(first?.model && { cpuModel: first.model.trim() }),
    memoryBytes: usableMemory(),
  };
}

/**
 * Processors that this process may use, 1 or more: those of its affinity (`taskset`), and no more than a container's
 * limit; a limit of one and a half counts as one.
 */
export function usableProcessors(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(readLimits().processors)));
}

/** Memory that this process may use, in bytes: that of the machine, or a container's limit where that is less. */
export function usableMemory(): number {
  return Math.min(totalmem(), readLimits().memoryBytes);
}
