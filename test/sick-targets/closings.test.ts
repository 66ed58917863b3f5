import { expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { closesSomebody, limitsLogins, losesWorkers } from "./index.ts";
import { runUntilTold, UNTIL_TOLD_MS } from "./run.ts";

const timers = ["--timers", "login=2s,heartbeat=3s"];

function withStatus(result: ConformanceResult | undefined, status: string): string[] {
  return (result?.cases ?? []).filter((one) => one.status === status).map(({ id }) => id);
}

test("one that closes a connection now and then is told so, and is not called crashed", {
  timeout: UNTIL_TOLD_MS,
}, async () => {
  const { code, result } = await runUntilTold(
    closesSomebody,
    ...[...timers, "--only", "MSG-*,GROUP-*,CONN-11,HB-02,SESS-*,READ-*"],
  );
  expect(code).toBe(1);
  expect(result?.reasons.join()).toMatch(/the target ends connections unasked, while others stay connected/);
  const crashes = result?.cases.filter(({ rule, status }) => status === "failed" && rule === "CONN-17") ?? [];
  expect(crashes.map(({ id }) => id)).toEqual([]);
});

test("a case that lost connections by another's doing is not red", { timeout: UNTIL_TOLD_MS }, async () => {
  const { code, result } = await runUntilTold(
    losesWorkers,
    ...[...timers, "--only", "CONN-14,CONN-15,CONN-17/broken-bodies,CONN-17/empty-bodies,MSG-*,HIST-*"],
  );
  expect(code).toBe(1);
  const rules = new Set(result?.cases.filter(({ status }) => status === "failed").map(({ rule }) => rule));
  expect([...rules].filter((rule) => rule !== "CONN-14" && rule !== "CONN-17")).toEqual([]);
  expect(withStatus(result, "failed")).not.toContain("CONN-17/empty-bodies");
});

test("one that limits logins is judged all the same, more slowly", { timeout: UNTIL_TOLD_MS }, async () => {
  const { result } = await runUntilTold(limitsLogins(80), ...[...timers, "--only", "MSG-0*,HIST-*,READ-0*"]);
  expect(result?.reasons[0]).toMatch(/^the target no longer .* for a while \(.*result_code 201.*it limits how much/);
  expect(withStatus(result, "failed")).toEqual([]);
  expect(result?.reasons.join()).not.toMatch(/since|every connection/);
  const { total = 0, notApplicable = 0, passed = 0 } = result?.summary ?? {};
  expect(passed).toBeGreaterThan((total - notApplicable) / 2);
});

test("a case that logs in often is not red behind a limit below what it needs", {
  timeout: UNTIL_TOLD_MS,
}, async () => {
  const { result } = await runUntilTold(limitsLogins(5), ...[...timers, "--only", "HTTP-08,HTTP-10"]);
  expect(withStatus(result, "failed")).toEqual([]);
});
