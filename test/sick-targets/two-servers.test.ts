import { expect, test } from "vitest";
import type { ConformanceResult, LoadResult } from "../../harness/result/index.ts";
import { mixedUp } from "./index.ts";
import { runAgainst } from "./run.ts";

test("a WebSocket address of another server is told to be one, and what comes over TCP is judged", {
  timeout: 120_000,
}, async () => {
  const some = ["conformance", "--only", "PUSH-*,MSG-01,MSG-02,LOGIN-01,LOGIN-02"];
  const { code, result } = await runAgainst<ConformanceResult>(mixedUp("webSocket"), ...some);
  expect(code).toBe(1);
  expect(result?.reasons[0]).toMatch(
    /^ws:\S+ refuses an account \(result_code \d+\) that has just logged in at tcp:\S+; do both addresses belong to one server\?$/,
  );
  const failed = result?.cases.filter(({ status }) => status === "failed") ?? [];
  expect(failed.map(({ rule }) => rule)).toEqual(["LOGIN-01"]);
  const hindered = result?.cases.filter(({ status }) => status === "couldNotRun") ?? [];
  expect(new Set(hindered.map(({ reason }) => reason))).toEqual(new Set([result?.reasons[0]]));
  expect(result?.summary.passed).toBeGreaterThan(10);
});

test.each([
  ["conformance", ["conformance", "--only", "MSG-01,LOGIN-01"], 1],
  ["load", ["load", "chat", "--clients", "4", "--duration", "2s", "--rate", "5"], 3],
] as const)(
  "the HTTP API of another server is asked about: %s",
  { timeout: 120_000 },
  async (_name, words, expected) => {
    const { code, out, err } = await runAgainst<ConformanceResult | LoadResult>(mixedUp("http"), ...words);
    expect(code, out + err).toBe(expected);
    expect((out + err).replaceAll(/\s+/g, " ")).toMatch(
      /nobody can log in: .*result_code \d+.*, although the HTTP API has just registered the account; does it belong to the same server\?/i,
    );
  },
);
