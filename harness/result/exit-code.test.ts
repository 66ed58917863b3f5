import { expect, it } from "vitest";
import { exitCodeOf } from "./exit-code.ts";

it.each([
  [["pass"], 0],
  [["fail"], 1],
  [["invalid"], 5],
  [["pass", "pass"], 0],
  [["pass", "invalid"], 5],
  [["invalid", "fail", "pass"], 1],
] as const)("%j exits with %i", (verdicts, code) => {
  expect(exitCodeOf(...verdicts)).toBe(code);
});
