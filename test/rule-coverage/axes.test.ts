import { expect, test } from "vitest";
import type { ConformanceCase } from "../../harness/runner/index.ts";
import type { Rule } from "../../scenarios/rules/index.ts";
import { axesOf, axisFaultsOf, numberFaultsOf } from "./axes.ts";

const rule = (parts: Partial<Rule> = {}): Rule => ({
  id: "MSG-01",
  level: "must",
  status: "D/I",
  text: "A server MUST …",
  kind: "announcements",
  axes: ["role", "transport"],
  ...parts,
});
const variant = (values: Record<string, string>): ConformanceCase =>
  ({ id: `MSG-01/a[${Object.values(values)}]`, rule: { id: "MSG-01" }, variant: { axes: {}, values } }) as never;
const plain = { id: "MSG-01/b", rule: { id: "MSG-01" } } as ConformanceCase;
const overTransports = [variant({ transport: "tcp" }), variant({ transport: "ws" })];
const overBoth = [variant({ role: "owner", transport: "tcp" }), variant({ role: "member", transport: "ws" })];

test("an axis of which the variants have two values is one, and so is one value beside a plain case", () => {
  expect(axesOf("MSG-01", overBoth)).toEqual(["role", "transport"]);
  expect(axesOf("MSG-01", [variant({ role: "member" })])).toEqual([]);
  expect(axesOf("MSG-01", [plain, variant({ role: "member" })])).toEqual(["role"]);
});

test("a rule with every axis that its kind demands is in order", () => {
  expect(axisFaultsOf([rule()], overBoth, {}, 0)).toEqual([]);
});

test("a demanded axis that is lacking needs a case by hand, a reason or a place among the gaps", () => {
  const lacking = rule({ axes: ["transport"] });
  expect(axisFaultsOf([lacking], overTransports, {}, 0)).toEqual([
    "MSG-01 is about who is told what has happened to a group, and lacks the axis role and a reason",
  ]);
  const byHand = { ...lacking, byHand: { role: ["b"] } };
  expect(axisFaultsOf([byHand], [...overTransports, plain], {}, 0)).toEqual([]);
  expect(axisFaultsOf([{ ...lacking, without: { role: "It is about the owner." } }], overTransports, {}, 0)).toEqual(
    [],
  );
  expect(axisFaultsOf([lacking], overTransports, { "MSG-01": ["role"] }, 1)).toEqual([]);
});

test("an axis that the cases have and the rule does not state, or the other way round, is a fault", () => {
  expect(axisFaultsOf([rule({ axes: [] })], overBoth, {}, 0)).toEqual([
    "the variants of MSG-01 have the axes [role, transport], and the rule states []",
  ]);
});

test("what is said of an axis beside the cases is held against them", () => {
  const told = rule({ byHand: { role: ["gone"] }, without: { transport: "…", content: "…" } });
  expect(axisFaultsOf([told], overBoth, {}, 0)).toEqual([
    "role of MSG-01 is said to be done by hand, and its variants have it",
    "transport of MSG-01 is said to be reasoned away, and its variants have it",
    "MSG-01 speaks of the axis content, which its kind does not demand",
    "MSG-01 names the case gone, which there is not",
  ]);
});

test("gaps may only become fewer", () => {
  const lacking = rule({ axes: ["transport"] });
  expect(axisFaultsOf([lacking], overTransports, { "MSG-01": ["role"] }, 0)).toEqual([
    "there are 1 gaps, and no more than 0 are allowed: write the case",
  ]);
  expect(axisFaultsOf([rule()], overBoth, {}, 1)).toEqual(["there are 0 gaps: lower MOST_GAPS from 1"]);
});

test("a rule about messages lacks wide numbers and two at the same moment until it has them or says why not", () => {
  const variants = [variant({ kind: "one-to-one", transport: "tcp" }), variant({ kind: "group", transport: "ws" })];
  const about = rule({ kind: "messages", axes: ["kind", "transport"] });
  expect(axisFaultsOf([about], variants, {}, 0)).toEqual([
    "MSG-01 is about what becomes of a message that is sent, and lacks the axis width and a reason",
    "MSG-01 is about what becomes of a message that is sent, and lacks the axis concurrency and a reason",
  ]);
  const reasons = { width: "It has no number.", concurrency: "Nothing meets." };
  expect(axisFaultsOf([{ ...about, without: reasons }], variants, {}, 0)).toEqual([]);
});

test("numbers go from nothing at all to a thousand, or the rule says why not", () => {
  const counted = rule({ axes: ["number"] });
  const some = [variant({ number: "1" }), variant({ number: "300" })];
  expect(numberFaultsOf([counted], some, ["1", "300"])).toEqual([
    "the numbers of MSG-01 lack nothing at all (0) and a reason",
    "the numbers of MSG-01 lack 1000 and more and a reason",
  ]);
  expect(numberFaultsOf([counted], [variant({ number: "1024" }), variant({ number: "0" })], [])).toEqual([]);
  const told = rule({ axes: ["number"], numbers: { none: "There is one at least.", thousand: ["b", "gone"] } });
  expect(numberFaultsOf([told], [...some, plain], [])).toEqual(["MSG-01 names the case gone, which there is not"]);
  expect(numberFaultsOf([told], [variant({ number: "0" }), plain], [])).toEqual([
    "MSG-01 says why it lacks nothing at all (0), and its variants have it",
    "MSG-01 names the case gone, which there is not",
  ]);
  expect(numberFaultsOf([rule({ numbers: { none: "…" } })], [], [])).toEqual([
    "MSG-01 speaks of numbers, and its variants have none",
  ]);
});

test("every number of the axis is asked for, and not in floods alone", () => {
  const variants = [variant({ number: "1" }), variant({ flood: "texts", number: "50" })];
  expect(numberFaultsOf([], variants, ["1", "50"])).toEqual(["no variant has the number 50"]);
});
