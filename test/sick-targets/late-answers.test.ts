import { expect, test } from "vitest";
import { commands } from "../../codegen/index.ts";
import { answersLate } from "./index.ts";
import { runUntilTold, UNTIL_TOLD_MS } from "./run.ts";

const LATE_MS = 12_000;

test("one command that is late breaks its own rules, and none of those whose cases look behind something", {
  timeout: UNTIL_TOLD_MS,
}, async () => {
  const sick = answersLate("session-lists", [commands.LIST_RECENT_CONTACT_SESSION_REQ], LATE_MS);
  const only = "CONN-05,CONN-06,CONN-12,CONN-14,MSG-09,SESS-01,LOGIN-11";
  const { code, result } = await runUntilTold(sick, "--only", only, "--jobs", "4");
  const failed = result?.cases.filter(({ status }) => status === "failed") ?? [];
  expect(failed.map(({ id }) => id).filter((id) => !id.startsWith("SESS-"))).toEqual([]);
  expect(result?.summary.passed).toBeGreaterThan(10);
  expect(code).toBe(1);
});

test.each([
  {
    ...{ what: "heartbeats", command: commands.LOGIN_HEARTBEAT, rule: "HB-01" },
    only: "HB-01,CONN-05,CONN-13,CONN-14,CONN-17/largest-values,MSG-09,GROUP-12/nobody-sends",
    passed: 6,
  },
  {
    ...{ what: "messages", command: commands.MSG_DATA, rule: "MSG-01" },
    only: "HB-01,MSG-01,MSG-04,CONN-20,CONN-17/largest-values,LOGIN-11,FRIEND-03,ROBOT-07",
    passed: 2,
  },
  {
    ...{ what: "member-lists", command: commands.GROUP_LIST_MEMBER_REQ, rule: "GROUP-30" },
    only: "HB-01,GROUP-30,CONN-17/largest-values,GROUP-04",
    passed: 2,
  },
  {
    ...{ what: "byes", command: commands.VOIP_BYE_REQ, rule: "VOIP-11" },
    only: "HB-01,VOIP-02,VOIP-11,CONN-17/largest-values",
    passed: 2,
  },
])(
  "$what that are late break $rule alone, and the run names them",
  { timeout: UNTIL_TOLD_MS },
  async ({ what, command, rule, only, passed }) => {
    const sick = answersLate(what, [command], LATE_MS);
    const { code, result } = await runUntilTold(sick, "--only", only, "--jobs", "4");
    const failed = result?.cases.filter(({ status }) => status === "failed") ?? [];
    expect([...new Set(failed.map((one) => one.rule))]).toEqual([rule]);
    expect(result?.reasons[0]).toBe(
      `${command.name} is unanswered for so long as cases wait, whoever asks; first mend ${rule}`,
    );
    expect(result?.summary.passed).toBeGreaterThanOrEqual(passed);
    expect(code).toBe(1);
  },
);
