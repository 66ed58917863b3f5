import { describe, expect, it } from "vitest";
import type { CaseResult } from "../../harness/result/index.ts";
import { type Asked, claimsFrom, type Finding, findingsOf } from "./findings.ts";

let ids = 0;
function asked(capabilities: string[], result: Partial<CaseResult>): Asked {
  const id = `CASE-${ids++}`;
  const blank = { id, rule: "MSG-01", title: "", level: "must", status: "passed", durationMs: 1 } as const;
  return { capabilities, result: { ...blank, trace: [], ...result } };
}

const passed = { status: "passed" } as const;
const failed = { status: "failed", actual: "nothing of the kind" } as const;
const unanswered = (command: string) => ({ status: "couldNotRun", lack: `${command} is unanswered` }) as const;

/** As the suite knows it. */
const capabilityOf = (command: string): string | undefined => (command.startsWith("GROUP_") ? "groups" : undefined);

const examine = (...all: Asked[]): ((capability: string) => Finding | undefined) => {
  const findings = findingsOf(all, capabilityOf);
  return (capability) => findings.find((one) => one.capability === capability);
};

describe("what a target seems to have", () => {
  it("is what all cases show, or some", () => {
    const of = examine(asked(["calls"], passed), asked(["logout"], passed), asked(["logout"], failed));
    expect(of("calls")).toMatchObject({ state: "there", passed: 1, judged: 1 });
    expect(of("logout")).toMatchObject({ state: "partly", passed: 1, judged: 2, why: "CASE-2: nothing of the kind" });
  });

  it("is not what only cases show in which nothing is to happen", () => {
    const of = examine(asked(["calls"], passed), ...Array.from({ length: 7 }, () => asked(["calls"], failed)));
    expect(of("calls")).toMatchObject({ state: "missing", passed: 1, judged: 8 });
  });

  it("is not what leaves its own commands unanswered, and nothing is known of what hangs on that", () => {
    const silent = unanswered("GROUP_CREATE_DEFAULT_REQ");
    const of = examine(
      asked(["groups"], passed),
      ...[asked(["groups"], silent), asked(["groups"], silent)],
      asked(["groups", "group-unread"], silent),
      asked(["groups", "deduplication"], silent),
      asked(["deduplication"], silent),
      asked(["deduplication"], passed),
    );
    expect(of("groups")).toMatchObject({ state: "missing", why: "GROUP_CREATE_DEFAULT_REQ is unanswered" });
    expect(of("group-unread")).toMatchObject({ state: "unknown", why: "its cases need groups" });
    expect(of("deduplication")).toMatchObject({ state: "there", passed: 1, judged: 1 });
  });

  it("is open where nothing was asked, with the reason", () => {
    const of = examine(asked(["token-login"], { status: "couldNotRun", reason: "no account with a token is known" }));
    expect(of("token-login")).toMatchObject({ state: "unknown", why: "no account with a token is known" });
    expect(of("calls")).toMatchObject({ state: "unknown", why: "no quick case asks for it" });
  });

  it("of a choice is that it is made, or not", () => {
    const of = examine(asked(["session-filter"], failed), asked(["owner-handover"], passed));
    expect(of("session-filter")).toMatchObject({ state: "undeclared" });
    expect(of("owner-handover")).toMatchObject({ state: "there" });
  });
});

it("what is missing is not claimed, what is not known stands with the profile, and a choice is only ever declared", () => {
  const findings = findingsOf(
    [
      asked(["calls"], failed),
      ...[asked(["logout"], passed), asked(["logout"], failed)],
      ...[asked(["session-filter"], failed), asked(["owner-handover"], passed)],
    ],
    capabilityOf,
  );
  expect(claimsFrom(findings)).toEqual({ calls: false, logout: true, "owner-handover": true });
});
