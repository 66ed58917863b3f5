import { expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { listsSessionsOfOthers, showsHistoriesOfOthers } from "./index.ts";
import { runAgainst } from "./run.ts";

test.each([listsSessionsOfOthers(false), listsSessionsOfOthers(true)])(
  "$name: rules about session lists alone are red, and what counts by them could not run",
  { timeout: 240_000 },
  async (sick) => {
    const { code, result } = await runAgainst<ConformanceResult>(
      sick,
      ...[
        "conformance",
        "--timers",
        "login=2s,heartbeat=3s",
        "--only",
        "SESS-*,UNREAD-*,READ-*,MSG-2*,GROUP-1*,CONN-10",
      ],
    );
    expect(code).toBe(1);
    const told = "the target answers LIST_RECENT_CONTACT_SESSION_REQ with the session list of somebody else";
    expect(result?.reasons[0]).toBe(`${told}; first mend SESS-01`);
    const failed = result?.cases.filter(({ status }) => status === "failed") ?? [];
    expect(failed.filter(({ rule }) => !rule.startsWith("SESS-")).map(({ id }) => id)).toEqual([]);
    expect(failed.map(({ rule }) => rule)).toContain("SESS-01");
    const hindered = result?.cases.filter(({ status }) => status === "couldNotRun") ?? [];
    const others = hindered.filter(
      ({ rule, reason }) => !rule.startsWith("SESS-") && !/^this machine/.test(reason ?? ""),
    );
    expect(others.length).toBeGreaterThan(0);
    expect(others.filter(({ lack }) => lack !== told).map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
  },
);

test("a history of somebody else is red by the rules about histories alone", { timeout: 240_000 }, async () => {
  const { code, result } = await runAgainst<ConformanceResult>(
    showsHistoriesOfOthers,
    ...["conformance", "--timers", "login=2s,heartbeat=3s", "--only", "HIST-*,MSG-0*,MSG-14/*,CONN-20/last*"],
  );
  expect(code).toBe(1);
  const told = "the target answers LIST_MSG_REQ with the history of somebody else";
  expect(result?.reasons[0]).toBe(`${told}; first mend HIST-04`);
  const failed = result?.cases.filter(({ status }) => status === "failed") ?? [];
  expect(failed.filter(({ rule }) => !rule.startsWith("HIST-")).map(({ id }) => id)).toEqual([]);
  expect(failed.map(({ rule }) => rule)).toContain("HIST-04");
});
