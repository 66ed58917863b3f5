import { expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import {
  floods,
  floodsAndIsDeaf,
  floodsLateWithPushes,
  floodsLateWithStrangers,
  floodsWithStrangers,
  type SickTarget,
} from "./index.ts";
import { runAgainst } from "./run.ts";

/** The run fails by PUSH-06 alone, and its first reason is the flood. */
async function isToldAsFlood(sick: SickTarget, sentence: RegExp): Promise<void> {
  const { code, result } = await runAgainst<ConformanceResult>(
    sick,
    ...["conformance", "--only", "PUSH-06,CONN-19,CONN-03,ACK-04,READ-01,MSG-01"],
  );
  expect(code).toBe(1);
  expect(result?.reasons[0]).toMatch(sentence);
  const failed = result?.cases.filter(({ status }) => status === "failed").map(({ rule }) => rule) ?? [];
  expect(new Set(failed)).toEqual(new Set(["PUSH-06"]));
}

test.for([floodsWithStrangers, floods, floodsAndIsDeaf])(
  "$name: what comes to whoever logs in is told as a flood, and reddens no other rule",
  { timeout: 180_000 },
  (sick) => isToldAsFlood(sick, /^the target floods whoever logs in with packets that nobody asked for: \d+ came/),
);

test.for([floodsLateWithStrangers(6), floodsLateWithPushes(6)])(
  "$name: what comes to everybody in the middle of a run is told, and reddens no other rule",
  { timeout: 180_000 },
  (sick) => isToldAsFlood(sick, /^since \S+ the target floods everybody with packets that nobody asked for: \d+ came/),
);
