import type { Environment } from "../harness/result/index.ts";
import { formatBytes } from "./numbers.ts";

/** A machine in few words: `4 × Example CPU at 3.1 GHz, 17.2 GB`. */
export function machineText({ cpus, cpuModel, memoryBytes }: Environment): string {
  return `${cpus} × ${cpuModel ?? "CPU"}, ${formatBytes(memoryBytes)}`;
}
