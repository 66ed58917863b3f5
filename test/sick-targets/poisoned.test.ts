import { expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { locksForGood, poisonedAfter, poisonedByCrowd } from "./index.ts";
import { runAgainst, runUntilTold, UNTIL_TOLD_MS } from "./run.ts";

const timers = ["--timers", "login=2s,heartbeat=3s,ack=2s,call=3s"];

test.concurrent("a target that registers nobody any more is told before the flood", {
  timeout: 180_000,
}, async () => {
  const { code, result } = await runAgainst<ConformanceResult>(poisonedAfter(40), "conformance", ...timers);
  expect(code).toBe(1);
  expect(result?.reasons[0]).toMatch(
    /^while accounts were registered, one after another .* the target stopped serving anybody: .*; start it again$/,
  );
  // Only what needs small numbers has run before.
  const early = result?.cases.filter(({ status }) => status === "passed").map(({ id }) => id.replace(/\/.*/, ""));
  expect(new Set(early)).toEqual(new Set(["MSG-10", "SESS-07", "READ-06"]));
  expect(result?.summary).toMatchObject({ failed: 0, errored: 0 });
});

test.concurrent("the run ends when the target serves nobody any more, and names what ran then", {
  timeout: 180_000,
}, async () => {
  const { code, out, result } = await runAgainst<ConformanceResult>(poisonedByCrowd, "conformance", ...timers);
  expect(code).toBe(1);
  const [reason = ""] = result?.reasons ?? [];
  const named =
    /^since (\S+) the target no longer registers anybody or logs anybody in \(.*\); the cases that ran then: (.+); start it again, then --only '(.+)' --jobs 1$/.exec(
      reason,
    );
  expect(named?.[2]?.split(", ")).toEqual(named?.[3]?.split(","));
  // The HTTP API's own cases are the only ones that register side by side.
  expect(named?.[2]).toContain("HTTP-");
  expect(named?.[2]?.split(", ").length).toBeLessThan(25);
  expect(result?.summary).toMatchObject({ failed: 0, errored: 0 });
  expect(out.replaceAll(/\s+/g, " ")).toContain("start it again");
});

test.concurrent("a lock that never ends is told with the cases that ran then, and no rule is red by it", {
  timeout: UNTIL_TOLD_MS,
}, async () => {
  const { code, result } = await runUntilTold(locksForGood(40), ...timers, "--only", "MSG-0*,HIST-*,READ-*,UNREAD-0*");
  expect(code).toBe(1);
  expect(result?.reasons[0]).toMatch(
    /^since \S+ the target no longer (logs anybody in|registers anybody or logs anybody in|takes anybody's messages) \(.*\); .*; start it again, then --only '/,
  );
  expect(result?.summary).toMatchObject({ failed: 0, errored: 0 });
});
