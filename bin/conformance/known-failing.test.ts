import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import type { CaseResult, ConformanceResult } from "../../harness/result/index.ts";
import { writeKnownFailing } from "./known-failing.ts";

const folder = mkdtempSync(join(tmpdir(), "cupping-known-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const told: string[] = [];
beforeEach(() => {
  told.length = 0;
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    told.push(String(text));
    return true;
  });
  return () => void vi.restoreAllMocks();
});

const cases = [
  { id: "A-01/a", status: "failed", reason: "expected this; got\n::error::that" },
  { id: "A-02/a", status: "knownFailing", reason: "as ever" },
  { id: "B-01/a", status: "couldNotRun", reason: "making a group failed" },
  { id: "B-02/a", status: "couldNotRun", reason: "this machine was too busy to tell: held up for 900 ms" },
  { id: "C-01/a", status: "passed" },
] as CaseResult[];
const resultOf = (partial: boolean): ConformanceResult => ({ cases, run: { partial } }) as ConformanceResult;

test("what failed or could not run is listed, each with its reason, and the list is announced", async () => {
  const path = join(folder, "known.txt");
  expect(await writeKnownFailing(path, resultOf(false), undefined)).toEqual([path]);
  const lines = readFileSync(path, "utf8").split("\n");
  expect(lines.filter((line) => line !== "" && !line.startsWith("#"))).toEqual(["A-01/a", "A-02/a", "B-01/a"]);
  expect(lines).toContain("# could not run: making a group failed");
  expect(told.join("")).toContain("lists 2 cases that failed and 1 that could not run; give it to --known-failing");
});

test.each([
  ["was interrupted", true, undefined, "the run was interrupted"],
  ["was given up", false, "since A-01/a the target no longer logs anybody in", "no longer logs anybody in"],
])("nothing is written of a run that %s, and that is told", async (_, partial, givenUp, why) => {
  const path = join(folder, "none.txt");
  expect(await writeKnownFailing(path, resultOf(partial), givenUp)).toEqual([]);
  expect(existsSync(path)).toBe(false);
  expect(told.join("")).toContain("is not written, because what fails is not known");
  expect(told.join("")).toContain(why);
});
