import { readdirSync, readFileSync } from "node:fs";

/** What some processes have used. */
export interface Usage {
  cpuSeconds: number;
  rssBytes: number;
}

/** Linux tells processor time in hundredths of a second and memory in pages of 4 KB. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

/** Processor time and resident memory of a process and all its descendants, from `/proc`. */
export function usageOfFamily(root: number): Usage {
  const usage = { cpuSeconds: 0, rssBytes: 0 };
  for (const fields of familyOf(root)) {
    usage.cpuSeconds += (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    usage.rssBytes += Number(fields[21]) * PAGE_BYTES;
  }
  return usage;
}

/** Process ids of a process and all its descendants. */
export function pidsOfFamily(root: number): number[] {
  const stats = readStats();
  return [...stats.keys()].filter((pid) => descends(pid, root, stats));
}

function familyOf(root: number): string[][] {
  const stats = readStats();
  return [...stats].filter(([pid]) => descends(pid, root, stats)).map(([, fields]) => fields);
}

function descends(pid: number, root: number, stats: ReadonlyMap<number, string[]>): boolean {
  for (let at: number | undefined = pid; at !== undefined; ) {
    if (at === root) return true;
    const fields: string[] | undefined = stats.get(at);
    at = fields && Number(fields[1]);
  }
  return false;
}

/** The fields of `/proc/PID/stat` after the command's name, by process. */
function readStats(): Map<number, string[]> {
  const stats = new Map<number, string[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      stats.set(Number(name), stat.slice(stat.lastIndexOf(")") + 2).split(" "));
    } catch {
      // It ended meanwhile.
    }
  }
  return stats;
}
