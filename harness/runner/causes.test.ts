import { expect, test } from "vitest";
import { tellCauses } from "./causes.ts";

const lack = "GROUP_CREATE_DEFAULT_REQ is unanswered";
const capabilityOf = (command: string) => (command.startsWith("GROUP_") ? "groups" : undefined);

test("cases that lack the same are told once, with the capability that a target may leave out", () => {
  const cases = [
    { id: "A-01/a", lack, reason: "making a group failed: (seq 3)" },
    { id: "A-02/a", lack, reason: "making the group failed: (seq 4)" },
    { id: "B-01/a", reason: "no account with a login token is known" },
  ];
  expect(tellCauses(cases, capabilityOf)).toEqual([
    `2 cases could not run because GROUP_CREATE_DEFAULT_REQ is unanswered; no groups yet? --capabilities '{"groups":false}'`,
    "1 case could not run because no account with a login token is known",
  ]);
});

test("what differs from case to case does not part a cause", () => {
  const reasons = ["alice", "bob/phone"].map((name, at) => `the login of ${name} failed: result_code ${at + 1}`);
  const [told, ...others] = tellCauses(reasons.map((reason, at) => ({ id: `A-0${at}/a`, reason })));
  expect(told).toMatch(/^2 cases could not run because the login of alice failed/);
  expect(others).toEqual([]);
});

test("what has no reason, and rare causes behind the sixth, are counted", () => {
  const letters = [..."abcdefgh"].map((reason) => ({ id: reason, reason }));
  const told = tellCauses(letters);
  expect(told).toHaveLength(7);
  expect(told.at(-1)).toBe("2 cases could not run, so nothing is known about what they check");
  expect(tellCauses([{ id: "x" }])).toEqual(["1 case could not run, so nothing is known about what they check"]);
});
