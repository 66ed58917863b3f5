import { expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { warmsUp } from "./index.ts";
import { runAgainst } from "./run.ts";

test("a target that serves a moment later is judged, and told to have been away", { timeout: 120_000 }, async () => {
  const words = ["conformance", "--only", "LOGIN-01/password,HB-01/answered,MSG-07/resend-keeps-the-first-id"];
  // Those of the canary, of those who try after it, of the two behind each other, and of the look at what listens there.
  const { code, result, err } = await runAgainst<ConformanceResult>(warmsUp(8), ...words);
  expect(result?.summary, err).toMatchObject({ passed: 3, failed: 0, couldNotRun: 0 });
  expect(result?.reasons).toEqual([
    expect.stringMatching(
      /^nobody could log in at first \(.*\), and everybody a moment later: it is slow to start, or/,
    ),
  ]);
  expect(code).toBe(1);
});
