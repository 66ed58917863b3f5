import { expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { registersSlowly } from "./index.ts";
import { runAgainst } from "./run.ts";

test("whoever waits for slow registrations is told how far they have come", { timeout: 120_000 }, async () => {
  const { code, err, result } = await runAgainst<ConformanceResult>(
    registersSlowly(1_000),
    ...["conformance", "--only", "HB-01/answered,MSG-01/client-form-accepted,HIST-01,ACK-01"],
  );
  expect(code).toBe(0);
  expect(err).toMatch(/registered \d+ of \d+ accounts\n/);
  expect(result?.summary).toMatchObject({ failed: 0, errored: 0 });
});
