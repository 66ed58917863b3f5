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
    msg_e2e: [{ threshold: "p(99)<200" }, { threshold: "avg<50", abortOnFail: true, delayAbortEval: "10000ms" }],
  });
});

test("what k6 cannot judge is left to the result", () => {
  expect(k6Thresholds(["msg_ack: count>10", "sent: rate>1"])).toEqual({
    ...k6Thresholds([]),
    sent: [{ threshold: "rate>1" }],
  });
});

test("what is no threshold is refused", () => {
  expect(() => k6Thresholds(["p(99)<200"])).toThrow('--threshold "p(99)<200" cannot be read');
  expect(() => k6Thresholds(["msg_ack: avg<1 soon"])).toThrow('"soon" is not known');
  expect(() => k6Thresholds(["msg_ack: p(101)<1"])).toThrow("above 100");
});
