import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What control groups leave to a process; infinite where they set no limit. */
export interface Limits {
  /** Processors' worth of time, e.g. 1.5. */
  readonly processors: number;
  readonly memoryBytes: number;
}

/** A group of version 1 says "no limit" with the largest number that its counter holds. */
const NO_LIMIT_BYTES = 2 ** 60;

/**
 * The tightest limits of the control groups that this process belongs to and of all groups around them, of version 2
 * and of version 1. Node knows the processors' limit of version 2 alone.
 * @param root where the kernel shows its files; another one for tests
 */
export function readLimits(root: string = "/"): Limits {
  // Lines are `number:controllers:path`; version 2 has number 0 and no controllers.
  const lines = read(join(root, "proc/self/cgroup"))?.trim().split("\n") ?? [];
  const limits = lines.flatMap((line) => {
    const [number, controllers = "", path = ""] = line.split(":");
    const isUnified = number === "0" && controllers === "";
    const mounted = join(root, "sys/fs/cgroup", isUnified ? "" : controllers);
    return ancestors(path).map((group) => (isUnified ? unifiedLimits : limitsOf)(join(mounted, group)));
  });
  return {
    processors: Math.min(Number.POSITIVE_INFINITY, ...limits.map(({ processors }) => processors)),
    memoryBytes: Math.min(Number.POSITIVE_INFINITY, ...limits.map(({ memoryBytes }) => memoryBytes)),
  };
}

/** Limits of a group of version 2. */
function unifiedLimits(group: string): Limits {
  const [quota, period] = read(join(group, "cpu.max"))?.trim().split(" ") ?? [];
  return {
    processors: limit(Number(quota) / Number(period)),
    memoryBytes: limit(Number(read(join(group, "memory.max")))),
  };
}

/** Limits of a group of version 1; each of its controllers has files of its own. */
function limitsOf(group: string): Limits {
  const number = (file: string): number => Number(read(join(group, file)) ?? Number.NaN);
  const bytes = number("memory.limit_in_bytes");
  return {
    processors: limit(number("cpu.cfs_quota_us") / number("cpu.cfs_period_us")),
    memoryBytes: bytes < NO_LIMIT_BYTES ? limit(bytes) : Number.POSITIVE_INFINITY,
  };
}

/** `max`, -1 and files that are not there mean no limit. */
function limit(value: number): number {
  return value > 0 ? value : Number.POSITIVE_INFINITY;
}

/** A group and all around it. Within a container its own group stands at the top, whatever the path says. */
function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...ancestors(parent)];
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
