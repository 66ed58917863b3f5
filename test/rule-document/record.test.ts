import { expect, test } from "vitest";
import type { Rule } from "../../scenarios/rules/index.ts";
import { changesSince, recordOf } from "./record.ts";

const rule = (id: string, fields: Partial<Rule> = {}): Rule => ({
  id,
  level: "must",
  status: "D/I",
  text: "A server MUST answer once.",
  kind: "packets",
  ...fields,
});
const recorded = recordOf("1.0.0", [rule("PING-01"), rule("PING-02")]);
const changes = (...rules: Rule[]): string[] => changesSince(recorded, recordOf("1.0.0", rules));

test("the same rules are no change", () => {
  expect(changes(rule("PING-01"), rule("PING-02"))).toEqual([]);
});

test("a rule that is new, gone or asks for something else is named", () => {
  expect(changes(rule("PING-01", { text: "A server MUST answer twice." }), rule("PING-03"))).toEqual([
    "PING-01 has changed",
    "PING-02 is gone",
    "PING-03 is new",
  ]);
});

test.each<[string, Partial<Rule>]>([
  ["level", { level: "should" }],
  ["capability", { capability: "groups" }],
  ["subject", { subject: "1 TEXT" }],
])("another %s is a change", (_, fields) => {
  expect(changes(rule("PING-01", fields), rule("PING-02"))).toEqual(["PING-01 has changed"]);
});

test.each<[string, Partial<Rule>]>([
  ["evidence", { evidence: "gate/server.go" }],
  ["status", { status: "I" }],
  ["emphasis", { text: "A server MUST answer **once**." }],
])("%s is no part of what a rule asks", (_, fields) => {
  expect(changes(rule("PING-01", fields), rule("PING-02"))).toEqual([]);
});
