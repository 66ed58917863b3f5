import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Result } from "../../harness/result/index.ts";

/** A command that has ended, with every report that judges in its folder. */
export interface Ended {
  readonly code: number | null;
  /** What it wrote on standard output. */
  readonly json: string;
  /** What it wrote on standard error. */
  readonly said: string;
  readonly out: string;
}

/** How each report says each end of a run, by the exit code; of an interrupted run also by what was proven. */
const ways = {
  passed: { code: 0, word: "Passed", failures: false, errors: false, annotation: undefined },
  failed: { code: 1, word: "Failed", failures: true, errors: undefined, annotation: /^::error /m },
  "not valid": { code: 5, word: "Not valid", failures: false, errors: true, annotation: /^::warning title=The meas/m },
  interrupted: {
    code: 130,
    word: "Interrupted",
    failures: false,
    errors: true,
    annotation: /^::warning title=The run/m,
  },
  "failed until then": { code: 130, word: "Failed", failures: true, errors: undefined, annotation: /^::error /m },
} as const;

function wayOf({ verdict, run }: Result): keyof typeof ways {
  if (verdict === "fail") return run.partial ? "failed until then" : "failed";
  if (run.partial) return "interrupted";
  return verdict === "pass" ? "passed" : "not valid";
}

/** Fails the test unless everything that a command left says the same about its run. */
export function agreeing({ code, json, said, out }: Ended): void {
  const read = (name: string): string => readFileSync(join(out, name), "utf8");
  const result = JSON.parse(read("result.json")) as Result;
  const way = ways[wayOf(result)];
  expect(JSON.parse(json)).toEqual(result);
  expect(code).toBe(way.code);
  expect(said).toMatch(new RegExp(`^${way.word.toUpperCase()}  `, "m"));
  expect(read("report.html")).toMatch(new RegExp(`<p class="word"[^>]*>${way.word}<`));
  expect(read("report.md")).toMatch(new RegExp(`^## .*: ${way.word.toLowerCase()}$`, "m"));
  const [, failures, errors] = /<testsuites .*failures="(\d+)" errors="(\d+)"/.exec(read("junit.xml")) ?? [];
  expect(Number(failures) > 0, "failures in JUnit").toBe(way.failures);
  if (way.errors !== undefined) expect(Number(errors) > 0, "errors in JUnit").toBe(way.errors);
  const annotations = read("annotations.txt");
  if (way.annotation) expect(annotations).toMatch(way.annotation);
  else expect(annotations).not.toMatch(/^::error /m);
  if (way.word === "Passed" || way.word === "Interrupted") expect(annotations).not.toMatch(/^::error /m);
  expect(`${said}${annotations}${read("junit.xml")}`).not.toContain("the suite's own fault");
}
