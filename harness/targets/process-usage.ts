import { readFile } from "node:fs/promises";

/** What a process has used since it started. */
export interface ProcessUsage {
  /** Processor time, user and system together, in seconds. */
  readonly cpuSeconds: number;
  /** Resident memory now, in bytes. */
  readonly rssBytes: number;
  /** Largest resident memory so far, in bytes. */
  readonly rssPeakBytes: number;
}

/** Ticks per second of the times in /proc: fixed at 100 for user space on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Reads the usage of a process from /proc; undefined where there is no /proc or no such process. */
export async function readProcessUsage(pid: number): Promise<ProcessUsage | undefined> {
  try {
    const [stat, status] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "utf8"),
      readFile(`/proc/${pid}/status`, "utf8"),
    ]);
    return { cpuSeconds: cpuSeconds(stat), rssBytes: memory(status, "VmRSS"), rssPeakBytes: memory(status, "VmHWM") };
  } catch {
    return undefined;
  }
}

function cpuSeconds(stat: string): number {
  // The name in parentheses may hold blanks, so fields are counted from its end: utime is the 12th, stime the 13th.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

function memory(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? 0) * 1024;
}
