import { expect, test } from "vitest";
import { type Combination, fullProduct } from "./covering-array.ts";
import { decisiveValues } from "./decisive-values.ts";

const axes = { kind: ["one-to-one", "group"], number: ["1", "10", "99", "100", "128"], transport: ["tcp", "ws"] };
const told = (fails: (values: Combination) => boolean): string | undefined =>
  decisiveValues(
    axes,
    fullProduct(axes).map((values) => ({ values, failed: fails(values) })),
  );

test("one value of one axis decides", () => {
  expect(told(({ kind }) => kind === "group")).toBe("kind: fails for group; passes for one-to-one");
});

test("numbers from a limit on are told as a range", () => {
  expect(told(({ number }) => Number(number) > 99)).toBe("number: fails from 100 on, passes up to 99");
});

test("numbers are told in the order in which they grow, wherever the grid has nothing at all", () => {
  const numbers = { number: ["1", "99", "100", "1000", "0"] };
  const outcomes = fullProduct(numbers).map((values) => ({ values, failed: Number(values["number"]) > 99 }));
  expect(decisiveValues(numbers, outcomes)).toBe("number: fails from 100 on, passes up to 99");
});

test("two values together decide", () => {
  expect(told(({ kind, transport }) => kind === "group" && transport === "ws")).toBe(
    "fails for kind group together with transport ws; passes otherwise",
  );
});

test("what always fails, never fails or follows no axis is told as what it is", () => {
  expect(told(() => true)).toBe("fails in all 20 variants");
  expect(told(() => false)).toBeUndefined();
  expect(told(({ kind, number, transport }) => `${kind} ${number} ${transport}` === "group 99 ws")).toBeUndefined();
});

test("variants that never ran take no part", () => {
  const outcomes = [
    { values: { kind: "group", transport: "tcp" }, failed: true },
    { values: { kind: "one-to-one", transport: "ws" }, failed: false },
  ];
  expect(decisiveValues({ kind: ["one-to-one", "group"] }, outcomes)).toBe(
    "kind: fails for group; passes for one-to-one",
  );
});
