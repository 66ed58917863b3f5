import { expect, test } from "vitest";
import { k6Thresholds } from "./thresholds.ts";

test("a dropped iteration, a violation and a failed check cross a threshold in every scenario", () => {
  expect(k6Thresholds([])).toEqual({
    dropped_iterations: ["count==0"],
    violations: ["count==0"],
    checks: ["rate==1"],
  });
});

test("thresholds of the command line take k6's form", () => {
  expect(k6Thresholds(["msg_e2e: p(99)<200", "msg_e2e: avg<50 abortOnFail delayAbortEval=10s"])).toMatchObject({
    msg_e2e: [{ threshold: "p(99)<200" }, { threshold: "avg<50", abortOnFail: true, delayAbortEval: "10s" }],
  });
});

test("what is no threshold is refused", () => {
  expect(() => k6Thresholds(["p(99)<200"])).toThrow('the threshold "p(99)<200" cannot be read');
});
