import { expect, test } from "vitest";
import type { ConformanceResult, LoadResult } from "../../harness/result/index.ts";
import { halfSick, registersOnly } from "./index.ts";
import { runAgainst } from "./run.ts";

test.concurrent("one sick server of two is not told as a target that logs nobody in", {
  timeout: 120_000,
}, async () => {
  const { code, result, err } = await runAgainst<ConformanceResult>(halfSick, "conformance");
  expect(code).toBe(1);
  expect(result?.reasons[0]).toMatch(
    /^2 of 4 logins with one account were served, and others not: .*; is one of several servers behind this address sick\?$/,
  );
  expect(err).not.toMatch(/nobody can log in/i);
  expect(result?.summary).toMatchObject({ failed: 0, errored: 0 });
});

test.concurrent("a load measures what one sick server of two costs", { timeout: 120_000 }, async () => {
  const words = ["load", "chat", "--clients", "10", "--rate", "10/s", "--ramp", "1s", "--duration", "2s"];
  const { code, result } = await runAgainst<LoadResult>(halfSick, ...words);
  expect(code).toBe(1);
  expect(result?.reasons.join("\n")).toMatch(/of 10 clients could not be brought up/);
});

test.concurrent("an HTTP API that dies is told as that, and nobody is told to start the server again", {
  timeout: 120_000,
}, async () => {
  const { code, result } = await runAgainst<ConformanceResult>(registersOnly(40), "conformance");
  expect(code).toBe(1);
  expect(result?.reasons[0]).toMatch(
    /the target stopped registering anybody, and still logs in who is registered: .*; look at its HTTP API$/,
  );
});
