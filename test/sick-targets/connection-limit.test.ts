import { expect, test } from "vitest";
import { limitsConnections } from "./index.ts";
import { runUntilTold, UNTIL_TOLD_MS } from "./run.ts";

test("a limit of connections per address is told, and no rule is red by it", { timeout: UNTIL_TOLD_MS }, async () => {
  const only = "LOGIN-*,MSG-0*,CONN-0*,CONN-1*,HB-*,SESS-0*,GROUP-0*";
  const { err, result } = await runUntilTold(limitsConnections(12), "--quick", "--only", only, "--jobs", "8");
  const failed = result?.cases.filter(({ status }) => status === "failed" || status === "errored") ?? [];
  expect(failed.map(({ id }) => id)).toEqual([]);
  const told =
    /the target takes 12 connections at a time from one address, and closes further ones at once; raise that/;
  expect(err.replaceAll(/\s+/g, " ")).toMatch(told);
  const hindered = result?.cases.filter(({ status }) => status === "couldNotRun") ?? [];
  for (const { reason } of hindered) expect(reason).toMatch(told);
  expect(result?.verdict).toBe(hindered.length > 0 ? "invalid" : "pass");
});
