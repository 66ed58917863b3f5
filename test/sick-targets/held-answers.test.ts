import { expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { holdsAnswers } from "./index.ts";
import { runAgainst } from "./run.ts";

test.each([holdsAnswers("all-but-logins"), holdsAnswers("all")])(
  "$name: it is told that no answer comes by itself, whatever asks besides",
  { timeout: 120_000 },
  async (sick) => {
    const { code, result } = await runAgainst<ConformanceResult>(
      sick,
      ...["conformance", "--timers", "login=20s,heartbeat=3s", "--only", "HB-*,LOGOUT-*,MSG-0*"],
    );
    expect(code).toBe(1);
    expect(result?.reasons[0]).toMatch(
      /^no answer comes by itself: the target sends each one only when the next request has come; first mend HB-01/,
    );
    const failed = result?.cases.filter(({ status }) => status === "failed") ?? [];
    expect(failed.map(({ rule }) => rule)).toEqual(["HB-01"]);
    expect(result?.summary).toMatchObject({ passed: 0, warned: 0, errored: 0 });
  },
);
