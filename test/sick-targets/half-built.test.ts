import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { healthy, littleEndian, withoutGroups } from "./index.ts";
import { runAgainst, runUntilTold, UNTIL_TOLD_MS } from "./run.ts";
import type { SickTarget } from "./sick-target.ts";

const folder = mkdtempSync(join(tmpdir(), "cupping-half-built-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const known = join(folder, "known.txt");
/** One that fails, two that could not run for the same defect, one that passes. */
const CASES = "GROUP-01/create,GROUP-13/*,GROUP-22/*,GROUP-25/*,MSG-04";

const run = (target: SickTarget, ...words: string[]) => runUntilTold(target, "--only", CASES, ...words);

test("a half-built server is told once what it lacks, and has a green gate that only tightens", {
  timeout: UNTIL_TOLD_MS,
}, async () => {
  const first = await run(withoutGroups, "--write-known-failing", known, "--report", "markdown,html");
  expect(first.code).toBe(1);
  expect(first.result?.summary.couldNotRun).toBeGreaterThan(0);
  const cause =
    /^\d+ cases? could not run because GROUP_CREATE_DEFAULT_REQ is unanswered; no groups yet\? --capabilities '\{"groups":false\}'$/;
  expect(first.result?.reasons).toContainEqual(expect.stringMatching(cause));
  const told = /could not run because GROUP.?.?CREATE.?.?DEFAULT.?.?REQ is unanswered; no groups yet\?/;
  for (const text of [first.out, first.read("report.md"), first.read("report.html")]) {
    expect(text.replaceAll(/\s+/g, " ")).toMatch(told);
  }
  expect(first.err).toMatch(
    /known\.txt lists \d+ cases that failed and [1-9]\d* that could not run; give it to --known-failing/,
  );

  const listed = await run(withoutGroups, "--known-failing", known, "--report", "junit,github");
  expect(listed.result?.verdict).toBe("pass");
  expect(listed.code).toBe(0);
  expect(listed.out.replaceAll(/\s+/g, " ")).toMatch(/\d+ failed as listed, \d+ could not run, as listed\./);
  expect(listed.read("junit.xml")).toContain('failures="0" errors="0"');
  expect(listed.read("annotations.txt")).not.toContain("::error");

  const mended = await run(healthy, "--known-failing", known);
  expect(mended.code).toBe(1);
  expect(mended.out.replaceAll(/\s+/g, " ")).toContain("take it off the list");

  const claimed = await run(withoutGroups, "--capabilities", '{"groups":false}');
  expect(claimed.code).toBe(0);
});

test("no list is written of a run that was given up", { timeout: 120_000 }, async () => {
  const list = join(folder, "none.txt");
  const words = ["--only", "MSG-04,CONN-02", "--write-known-failing", list];
  const { err, code } = await runAgainst<ConformanceResult>(littleEndian, "conformance", ...words);
  expect(code).toBe(1);
  expect(err.replaceAll(/\s+/g, " ")).toMatch(
    /none\.txt is not written, because what fails is not known: .*little-endian/,
  );
  expect(existsSync(list)).toBe(false);
});

test("a list says why each case is on it", () => {
  expect(readFileSync(known, "utf8")).toMatch(/^# could not run: .*\nGROUP-\d+\//m);
});
