import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const LAUNCHER = join(import.meta.dirname, "../cupping.js");
const folder = mkdtempSync(join(tmpdir(), "cupping-last-failed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function conformance(...words: string[]): { code: number | null; err: string; ran: string[] } {
  const whole = [LAUNCHER, "conformance", "--json", ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, whole, { encoding: "utf8", cwd: folder });
  const { cases } = stdout === "" ? { cases: [] } : (JSON.parse(stdout) as { cases: { id: string }[] });
  return { code: status, err: stderr, ran: cases.map(({ id }) => id) };
}

test("--last-failed runs what failed in the newest result, and the line that repeats it names the cases", () => {
  const nothing = conformance("--last-failed");
  expect(nothing.code).toBe(2);
  expect(nothing.err).toContain("--last-failed finds no result of an earlier conformance run in reports/out");

  const broken = ["--mutant", "duplicate-gets-new-id"];
  const first = conformance("--only", "HB-01,MSG-07/resend-keeps-the-first-id", ...broken);
  expect(first.code).toBe(1);
  const again = conformance("--last-failed", ...broken);
  expect(again.code).toBe(1);
  expect(again.ran.length).toBeGreaterThan(0);
  expect(again.ran.length).toBeLessThan(first.ran.length);
  expect(again.ran.every((id) => id.startsWith("MSG-07/"))).toBe(true);
  expect(again.err).toContain(`--only ${again.ran.join(",")} `);

  const mended = conformance("--last-failed");
  expect(mended.ran).toEqual(again.ran);
  expect(mended.code).toBe(0);

  expect(conformance("--last-failed", "--dry-run").err).toContain("no case failed, so all run");
}, 120_000);

test("what chooses cases in two ways is refused", () => {
  for (const other of [["--only", "HB-01"], ["--quick"]]) {
    const { code, err } = conformance("--last-failed", ...other);
    expect(code).toBe(2);
    expect(err).toContain("--last-failed chooses the cases itself");
  }
  expect(conformance("--quick", "--thorough").err).toContain("--quick and --thorough exclude each other");
});
