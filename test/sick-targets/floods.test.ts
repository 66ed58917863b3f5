import { expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { floodsLateWithPushes, floodsLateWithStrangers, floodsWithStrangers } from "./index.ts";
import { runAgainst } from "./run.ts";

test("a flood of packets of no command is told as that, and reddens no other rule", { timeout: 180_000 }, async () => {
  const { code, result } = await runAgainst<ConformanceResult>(
    floodsWithStrangers,
    ...["conformance", "--only", "PUSH-06,CONN-19,CONN-03,ACK-04,READ-01,MSG-01"],
  );
  expect(code).toBe(1);
  expect(result?.reasons[0]).toMatch(/^the target floods whoever logs in with packets that nobody asked for: \d+ came/);
  const failed = result?.cases.filter(({ status }) => status === "failed").map(({ rule }) => rule) ?? [];
  expect(new Set(failed)).toEqual(new Set(["PUSH-06"]));
});

test.for([floodsLateWithStrangers(12), floodsLateWithPushes(12)])(
  "$name: what comes to everybody in the middle of a run is told, and reddens no other rule",
  { timeout: 180_000 },
  async (sick) => {
    const { code, result } = await runAgainst<ConformanceResult>(
      sick,
      ...["conformance", "--only", "PUSH-06,CONN-19,CONN-03,ACK-04,READ-01,MSG-01"],
    );
    expect(code).toBe(1);
    expect(result?.reasons[0]).toMatch(
      /^since \S+ the target floods everybody with packets that nobody asked for: \d+ came/,
    );
    const failed = result?.cases.filter(({ status }) => status === "failed").map(({ rule }) => rule) ?? [];
    expect(new Set(failed)).toEqual(new Set(["PUSH-06"]));
  },
);
