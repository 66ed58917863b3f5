import { availableParallelism, cpus, release, totalmem, type } from "node:os";
import type { Environment } from "../result/index.ts";

/**
 * The machine that makes a run, as every result describes it. Processors are those that this process may use: fewer
 * than the machine has under an affinity (`taskset`) or a container's limit.
 */
export function describeMachine(): Environment {
  const [first] = cpus();
  return {
    node: process.version,
    os: `${type().toLowerCase()} ${release()}`,
    arch: process.arch,
    cpus: availableParallelism(),
    ...(first?.model && { cpuModel: first.model.trim() }),
    memoryBytes: totalmem(),
  };
}
