import { describe, expect, test } from "vitest";
import { capabilities, capabilitiesOf, rules, sectionOf, sections, sentenceOf } from "./index.ts";

describe("the rules", () => {
  test("carry their section's name and a number that rises", () => {
    for (const { id, rules: own } of sections) {
      const ids = own.map((rule) => rule.id);
      for (const one of ids) expect(one).toMatch(new RegExp(`^${id}-\\d\\d$`));
      expect(ids).toEqual(ids.toSorted());
    }
  });

  test("have ids and sections of one home each", () => {
    for (const names of [rules, sections].map((all) => all.map(({ id }) => id))) {
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test("fit a cell of a table", () => {
    const cells = rules.flatMap(({ id, subject, text, evidence }) =>
      [subject, text, evidence].map((cell) => [id, cell]),
    );
    expect(cells.filter(([, cell]) => /[|\n]|^\s|\s$|^$/.test(cell ?? "–"))).toEqual([]);
  });

  test("are quoted without emphasis, and with what they are about", () => {
    const quoted = (id: string): string => sentenceOf(rules.find((rule) => rule.id === id) as (typeof rules)[number]);
    expect(quoted("PUSH-01")).toContain("at once to every connection of the receiver");
    expect(quoted("CONTENT-01")).toBe("1 TEXT: UTF-8 text, not JSON");
    expect(rules.filter((rule) => sentenceOf(rule).includes("**"))).toEqual([]);
  });

  test("never weaken a MUST of their sentence", () => {
    const weakened = rules.filter((rule) => rule.text.includes("MUST") && rule.level !== "must");
    expect(weakened.map((rule) => rule.id)).toEqual([]);
  });

  test("that upstream does not fulfil belong to a capability that a target may leave out", () => {
    const loose = rules.filter((rule) => ["imp", "ours"].includes(rule.status) && rule.capability === undefined);
    expect(loose.map((rule) => rule.id)).toEqual([]);
  });

  test("need the capability of their section beside their own", () => {
    const needed = (id: string) => capabilitiesOf(rules.find((rule) => rule.id === id) as (typeof rules)[number]);
    expect(needed("GROUP-09")).toEqual(["groups", "group-limits"]);
    expect(needed("MSG-07")).toEqual(["deduplication"]);
    expect(sectionOf("MSGID-02")).toBe("MSGID");
  });

  test("use every group of rules", () => {
    const used = new Set(rules.map((rule) => rule.capability));
    const groups = Object.entries(capabilities).filter(([, info]) => info.origin === "extension");
    expect(groups.map(([name]) => name).filter((name) => !used.has(name as never))).toEqual([]);
  });

  test("without a case give a reason of more than a word", () => {
    for (const rule of rules) if (rule.unobservable !== undefined) expect(rule.unobservable).toMatch(/\w+ .{20,}/);
  });
});
