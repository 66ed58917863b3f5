import { expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { registersSlowly } from "./index.ts";
import { runAgainst, runInterrupted } from "./run.ts";

test("whoever waits for slow registrations is told how far they have come", { timeout: 120_000 }, async () => {
  const { code, err, result } = await runAgainst<ConformanceResult>(
    registersSlowly(1_000),
    ...["conformance", "--only", "HB-01/answered,MSG-01/client-form-accepted,HIST-01,ACK-01"],
  );
  expect(code).toBe(0);
  expect(err).toMatch(/registered \d+ of \d+ accounts\n/);
  expect(result?.summary).toMatchObject({ failed: 0, errored: 0 });
});

test("Ctrl-C while the canary still waits ends the run, and blames nobody", { timeout: 120_000 }, async () => {
  const { code, result } = await runInterrupted<ConformanceResult>(registersSlowly(3_000), 1, "conformance");
  expect(code).toBe(130);
  expect(result?.reasons[0]).toMatch(/^the run was interrupted/);
  expect(result?.summary).toMatchObject({ passed: 0, failed: 0, errored: 0 });
  expect(result?.summary.interrupted).toBeGreaterThan(100);
});
