import { afterEach, expect, test, vi } from "vitest";
import type { CaseResult, CaseStatus } from "../../harness/result/index.ts";
import { showProgress } from "./progress.ts";

afterEach(() => vi.restoreAllMocks());

/** The lines that are written when cases end so, one after another. */
function linesOf(...ends: [id: string, status: CaseStatus][]): string[] {
  const lines: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    lines.push(String(text).trimEnd());
    return true;
  });
  const progress = showProgress(ends.length, { quiet: false, verbose: false, live: false, color: false });
  for (const [id, status] of ends) progress.onEnd?.({ id, status, durationMs: 5, reason: "why" } as CaseResult);
  progress.stop();
  return lines;
}

test("a case that ends twice is told once, and again when it has come to something else", () => {
  expect(linesOf(["A-01/a", "couldNotRun"], ["A-01/a", "couldNotRun"])).toHaveLength(1);
  expect(linesOf(["A-01/a", "couldNotRun"], ["A-01/a", "passed"]).at(-1)).toMatch(/^passed {8}A-01\/a/);
  expect(linesOf(["A-01/a", "passed"], ["A-01/a", "passed"])).toEqual([]);
});
