// What only the target can have done is told first and fails the load, however busy generator and machine are.
import { expect, test } from "vitest";
import type { LoadResult } from "../../harness/result/index.ts";
import { echoesHeartbeats, refusesGroups } from "./index.ts";
import { runAgainst } from "./run.ts";

test("a target that refuses groups fails a load of groups", { timeout: 120_000 }, async () => {
  const words = ["load", "group", "--clients", "4", "--rate", "10/s", "--ramp", "1s", "--duration", "2s"];
  const { code, result, err } = await runAgainst<LoadResult>(refusesGroups, ...words);
  expect(code, err).toBe(1);
  expect(result?.reasons[0]).toBe("1 error: group refused with 201");
  expect(result?.reasons.join("\n")).not.toContain("no session to send to");
});

test("a target that floods its clients is not taken for a generator that was the limit", {
  timeout: 120_000,
}, async () => {
  const words = ["load", "chat", "--clients", "4", "--rate", "4/s", "--ramp", "1s", "--duration", "4s"];
  const { code, result, err } = await runAgainst<LoadResult>(echoesHeartbeats, ...words, "--heartbeat", "1s");
  expect(code, err).toBe(1);
  expect(result?.reasons[0]).toMatch(/^[1-4] errors?: more than 1000 answers that nobody asked for on one connection$/);
});
