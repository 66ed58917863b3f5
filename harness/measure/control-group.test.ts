import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readLimits } from "./control-group.ts";

const folder = mkdtempSync(join(tmpdir(), "cupping-limits-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A kernel that shows these files. */
function kernel(name: string, files: Record<string, string>): string {
  const root = join(folder, name.replaceAll(/\W/g, "-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${text}\n`);
  }
  return root;
}

const v2 = "sys/fs/cgroup";
const cpu = "sys/fs/cgroup/cpu,cpuacct";
const memory = "sys/fs/cgroup/memory";
const none = Number.POSITIVE_INFINITY;

test.each<[string, [processors: number, memoryBytes: number], Record<string, string>]>([
  ["no control groups", [none, none], {}],
  [
    "version 2 without a limit",
    [none, none],
    { "proc/self/cgroup": "0::/a", [`${v2}/a/cpu.max`]: "max 100000", [`${v2}/a/memory.max`]: "max" },
  ],
  [
    "version 2",
    [1.5, 1_000_000],
    { "proc/self/cgroup": "0::/a", [`${v2}/a/cpu.max`]: "150000 100000", [`${v2}/a/memory.max`]: "1000000" },
  ],
  [
    "version 2, with groups around it",
    [2, 500],
    {
      "proc/self/cgroup": "0::/a/b/c",
      [`${v2}/a/cpu.max`]: "200000 100000",
      [`${v2}/a/b/c/cpu.max`]: "max 100000",
      [`${v2}/a/b/memory.max`]: "500",
      [`${v2}/a/memory.max`]: "800",
    },
  ],
  ["version 2 within a container", [1, none], { "proc/self/cgroup": "0::/", [`${v2}/cpu.max`]: "100000 100000" }],
  [
    "version 1",
    [0.5, 700],
    {
      "proc/self/cgroup": "4:memory:/m\n3:cpuset:/\n1:cpu,cpuacct:/a\n0::/",
      [`${cpu}/a/cpu.cfs_quota_us`]: "50000",
      [`${cpu}/a/cpu.cfs_period_us`]: "100000",
      [`${memory}/m/memory.limit_in_bytes`]: "700",
    },
  ],
  [
    "version 1 within a container, with the path outside",
    [3, none],
    {
      "proc/self/cgroup": "1:cpu,cpuacct:/docker/abc",
      [`${cpu}/cpu.cfs_quota_us`]: "300000",
      [`${cpu}/cpu.cfs_period_us`]: "100000",
    },
  ],
  [
    "version 1 without a limit",
    [none, none],
    {
      "proc/self/cgroup": "4:memory:/\n1:cpu,cpuacct:/",
      [`${cpu}/cpu.cfs_quota_us`]: "-1",
      [`${cpu}/cpu.cfs_period_us`]: "100000",
      [`${memory}/memory.limit_in_bytes`]: "9223372036854771712",
    },
  ],
])("%s", (name, [processors, memoryBytes], files) => {
  expect(readLimits(kernel(name, files))).toEqual({ processors, memoryBytes });
});
