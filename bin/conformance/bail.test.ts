import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";

const LAUNCHER = join(import.meta.dirname, "../cupping.js");
const folder = mkdtempSync(join(tmpdir(), "cupping-bail-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("--bail ends the run at the first failure, which is what the run says", () => {
  const words = [
    "--bail",
    "--jobs",
    "1",
    "--mutant",
    "duplicate-gets-new-id",
    "--only",
    "MSG-07/resend-*,MSG-09,MSG-11",
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, "conformance", "--json", ...words], {
    encoding: "utf8",
    cwd: folder,
  });
  expect(status, stderr).toBe(1);
  const { verdict, cases, summary, reasons } = JSON.parse(stdout) as ConformanceResult;
  expect(verdict).toBe("fail");
  expect(summary.failed).toBe(1);
  expect(summary.couldNotRun).toBeGreaterThan(3);
  const failed = cases.find((one) => one.status === "failed");
  expect(failed?.rule).toBe("MSG-07");
  const left = cases.filter((one) => one.status === "couldNotRun");
  expect(new Set(left.map(({ reason }) => reason))).toEqual(new Set([`ended at the first failure, ${failed?.id}`]));
  expect(reasons.join("\n")).toContain(`ended at the first failure, ${failed?.id}`);
}, 60_000);
