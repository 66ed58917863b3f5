import { expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { besideWebSocket, healthy } from "./index.ts";
import { runAgainst } from "./run.ts";

const some = ["conformance", "--only", "PUSH-*,MSG-01,MSG-02,READ-01"];

test("text messages over WebSocket are told as that, and what comes over TCP is judged", {
  timeout: 120_000,
}, async () => {
  const { code, result } = await runAgainst<ConformanceResult>(besideWebSocket(healthy, true), ...some);
  expect(code).toBe(1);
  expect(result?.reasons[0]).toMatch(/^ws:.* answers in text messages; every packet is a binary WebSocket message$/);
  const failed = result?.cases.filter(({ status }) => status === "failed") ?? [];
  expect(failed.map(({ rule }) => rule)).toEqual(["CONN-02"]);
  const hindered = result?.cases.filter(({ status }) => status === "couldNotRun") ?? [];
  expect(hindered.length).toBeGreaterThan(0);
  expect(new Set(hindered.map(({ reason }) => reason))).toEqual(new Set([result?.reasons[0]]));
  expect(result?.summary.passed).toBeGreaterThan(10);
});

test("a WebSocket address beside TCP that is as it should be changes nothing", { timeout: 120_000 }, async () => {
  const { code, result } = await runAgainst<ConformanceResult>(besideWebSocket(healthy), ...some);
  expect({ code, reasons: result?.reasons }).toEqual({ code: 0, reasons: [] });
});
