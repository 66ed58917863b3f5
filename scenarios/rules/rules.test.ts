import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { capabilities, rules } from "./index.ts";

const contract = readFileSync(join(import.meta.dirname, "../../docs/protocol/behaviour.md"), "utf8");

/** The rows of the contract's tables: id and everything behind it, without emphasis. */
const rows = new Map(
  [...contract.matchAll(/^\| ([A-Z]+-\d\d) \| (.*)$/gm)].map((match) => [
    match[1] as string,
    (match[2] as string).replaceAll("**", ""),
  ]),
);

describe("the rule table", () => {
  test("has exactly the rules of the contract, in its order", () => {
    expect(rules.map((rule) => rule.id)).toEqual([...rows.keys()]);
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))("%s says what the contract says", (id, rule) => {
    const row = rows.get(id) as string;
    const text = id.startsWith("CONTENT-") ? rule.text.slice(rule.text.indexOf(": ") + 2) : rule.text;
    expect(row).toContain(text);
    expect(row.replaceAll(/[[\]]/g, "")).toContain(rule.status);
  });

  test("a MUST in the sentence is never weakened", () => {
    const weakened = rules.filter((rule) => rule.text.includes("MUST") && rule.level !== "must");
    expect(weakened.map((rule) => rule.id)).toEqual([]);
  });

  test("rules that upstream does not fulfil belong to a capability that a target may leave out", () => {
    const loose = rules.filter((rule) => ["imp", "ours"].includes(rule.status) && rule.capability === undefined);
    expect(loose.map((rule) => rule.id)).toEqual([]);
  });

  test("every group of rules is used by a rule", () => {
    const used = new Set(rules.map((rule) => rule.capability));
    const groups = Object.entries(capabilities).filter(([, info]) => info.origin === "extension");
    expect(groups.map(([name]) => name).filter((name) => !used.has(name as never))).toEqual([]);
  });

  test("a rule without a case gives a reason of more than a word", () => {
    for (const rule of rules) if (rule.unobservable !== undefined) expect(rule.unobservable).toMatch(/\w+ .{20,}/);
  });
});
