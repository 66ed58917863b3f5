import { expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { locksGroups } from "./index.ts";
import { runAgainst } from "./run.ts";

test("a lock on all groups is told with the cases that ran then, and reddens no other rule", {
  timeout: 240_000,
}, async () => {
  const { code, result } = await runAgainst<ConformanceResult>(
    locksGroups,
    ...["conformance", "--only", "GROUP-01,GROUP-09,GROUP-10,GROUP-11,GROUP-12,GROUP-13,GROUP-15,MSG-01,HIST-*"],
  );
  expect(code).toBe(1);
  const [reason = ""] = result?.reasons ?? [];
  expect(reason).toMatch(/^since \S+ the target no longer answers .*GROUP_CREATE_DEFAULT_REQ.*, which it did before; /);
  expect(reason).toMatch(/the cases that ran then: .*GROUP-11\/.*; start it again, then --only '/);
  // Groups worked until then: nobody is told to leave them out.
  expect(result?.reasons.join("\n")).not.toContain("--capabilities");
  const failed = result?.cases.filter(({ status }) => status === "failed").map(({ rule }) => rule) ?? [];
  expect(failed.filter((rule) => rule !== "GROUP-11")).toEqual([]);
});
