import { expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { asCoffeeChat } from "./index.ts";
import { runAgainst } from "./run.ts";

const CASES = "HIST-06/*,HIST-14/*,GROUP-05/*,GROUP-06/*,VOIP-*,CONN-15,MSG-04";
const words = ["conformance", "--only", CASES, "--jobs", "4"];

test.concurrent("profile upstream asks CoffeeChat's own server for nothing that it does not do", {
  timeout: 300_000,
}, async () => {
  const { code, result } = await runAgainst<ConformanceResult>(asCoffeeChat, ...words, "--profile", "upstream");
  const others = result?.cases.filter(({ status }) => status !== "passed" && status !== "notApplicable");
  expect(others?.map(({ id, status, reason }) => `${id} ${status}: ${reason}`)).toEqual([]);
  expect(result?.summary.passed).toBeGreaterThan(15);
  expect(code).toBe(0);
});

test.concurrent("profile full does", { timeout: 300_000 }, async () => {
  const { result } = await runAgainst<ConformanceResult>(asCoffeeChat, ...words, "--skip", "VOIP-*");
  const failed = result?.cases.filter(({ status }) => status === "failed").map(({ id }) => id);
  expect(failed).toEqual([
    "HIST-06/hundred-served",
    "GROUP-05/long-made-up-name",
    "HIST-06/in-either-kind[one-to-one]",
    "HIST-06/in-either-kind[group]",
  ]);
});
