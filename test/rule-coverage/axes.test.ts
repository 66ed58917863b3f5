import { expect, test } from "vitest";
import type { ConformanceCase } from "../../harness/runner/index.ts";
import type { Rule } from "../../scenarios/rules/index.ts";
import { axesOf, axisFaultsOf } from "./axes.ts";

const rule = (parts: Partial<Rule> = {}): Rule => ({
  id: "MSG-01",
  level: "must",
  status: "D/I",
  text: "A server MUST …",
  kind: "messages",
  axes: ["kind", "transport"],
  ...parts,
});
const variant = (values: Record<string, string>): ConformanceCase =>
  ({ id: `MSG-01/a[${Object.values(values)}]`, rule: { id: "MSG-01" }, variant: { axes: {}, values } }) as never;
const plain = { id: "MSG-01/b", rule: { id: "MSG-01" } } as ConformanceCase;
const overTransports = [variant({ transport: "tcp" }), variant({ transport: "ws" })];
const overBoth = [variant({ kind: "one-to-one", transport: "tcp" }), variant({ kind: "group", transport: "ws" })];

test("an axis of which the variants have two values is one, and so is one value beside a plain case", () => {
  expect(axesOf("MSG-01", overBoth)).toEqual(["kind", "transport"]);
  expect(axesOf("MSG-01", [variant({ kind: "group" })])).toEqual([]);
  expect(axesOf("MSG-01", [plain, variant({ kind: "group" })])).toEqual(["kind"]);
});

test("a rule with every axis that its kind demands is in order", () => {
  expect(axisFaultsOf([rule()], overBoth, {}, 0)).toEqual([]);
});

test("a demanded axis that is lacking needs a case by hand, a reason or a place among the gaps", () => {
  const lacking = rule({ axes: ["transport"] });
  expect(axisFaultsOf([lacking], overTransports, {}, 0)).toEqual([
    "MSG-01 is about what becomes of a message that is sent, and lacks the axis kind and a reason",
  ]);
  const byHand = { ...lacking, byHand: { kind: ["b"] } };
  expect(axisFaultsOf([byHand], [...overTransports, plain], {}, 0)).toEqual([]);
  expect(axisFaultsOf([{ ...lacking, without: { kind: "It is about groups." } }], overTransports, {}, 0)).toEqual([]);
  expect(axisFaultsOf([lacking], overTransports, { "MSG-01": ["kind"] }, 1)).toEqual([]);
});

test("an axis that the cases have and the rule does not state, or the other way round, is a fault", () => {
  expect(axisFaultsOf([rule({ axes: [] })], overBoth, {}, 0)).toEqual([
    "the variants of MSG-01 have the axes [kind, transport], and the rule states []",
  ]);
});

test("what is said of an axis beside the cases is held against them", () => {
  const told = rule({ byHand: { kind: ["gone"] }, without: { transport: "…", content: "…" } });
  expect(axisFaultsOf([told], overBoth, {}, 0)).toEqual([
    "kind of MSG-01 is said to be done by hand, and its variants have it",
    "transport of MSG-01 is said to be reasoned away, and its variants have it",
    "MSG-01 speaks of the axis content, which its kind does not demand",
    "MSG-01 names the case gone, which there is not",
  ]);
});

test("gaps may only become fewer", () => {
  const lacking = rule({ axes: ["transport"] });
  expect(axisFaultsOf([lacking], overTransports, { "MSG-01": ["kind"] }, 0)).toEqual([
    "there are 1 gaps, and no more than 0 are allowed: write the case",
  ]);
  expect(axisFaultsOf([rule()], overBoth, {}, 1)).toEqual(["there are 0 gaps: lower MOST_GAPS from 1"]);
});
