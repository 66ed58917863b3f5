import { expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { healthyWithShortTimers } from "./index.ts";
import { runHeldUp } from "./run.ts";

test("a suite that was held up longer than the target's timers calls no server crashed", {
  timeout: 180_000,
}, async () => {
  const { code, result } = await runHeldUp<ConformanceResult>(
    healthyWithShortTimers,
    { afterConnections: 60, forMs: 4_500 },
    ...["conformance", "--timers", "login=2s,heartbeat=3s", "--only", "LOGIN-*,MSG-0*,HIST-*,HB-02,CONN-1*"],
  );
  expect(result?.cases.filter(({ status }) => status === "failed").map(({ id }) => id)).toEqual([]);
  expect(result?.summary.couldNotRun).toBeGreaterThan(0);
  const reasons = result?.reasons ?? [];
  expect(reasons.filter((reason) => !/cases? could not run/.test(reason))).toEqual([]);
  expect(code).toBe(5);
});
