import { expect, it } from "vitest";
import { distinctNames } from "./distinct-names.ts";
import { targetName } from "./headline.ts";
import { matrixOf } from "./matrix.ts";
import { exampleConformance } from "./testing/conformance.ts";
import { exampleLoad } from "./testing/load.ts";

const load = (seed: number, startedAt: string) => exampleLoad({ seed, startedAt, seconds: 1, metrics: [] });

it.each([
  ["by the day", ["2026-11-24T04:05:00.000Z", "2026-11-25T04:05:00.000Z"], ["2026-11-24", "2026-11-25"]],
  [
    "by the moment where they began on one day",
    ["2026-11-24T04:05:00.000Z", "2026-11-24T16:05:00.000Z"],
    ["2026-11-24 04:05:00", "2026-11-24 16:05:00"],
  ],
  [
    "by the run where they began at one moment",
    ["2026-11-24T04:05:00.000Z", "2026-11-24T04:05:00.000Z"],
    ["l0000001", "l0000002"],
  ],
])("tells runs of one server apart %s", (_how, moments, marks) => {
  const runs = moments.map((moment, index) => load(index + 1, moment));
  expect(distinctNames(runs, targetName)).toEqual(marks.map((mark) => `coffeechat-go 0.9.1 (${mark})`));
});

it("leaves names alone that nobody shares", () => {
  const runs = [exampleConformance({ version: "1" }), exampleConformance({ version: "2" })];
  expect(distinctNames(runs, targetName)).toEqual(["coffeechat-go 1", "coffeechat-go 2"]);
});

it("names the columns of a matrix apart", () => {
  const { columns } = matrixOf([exampleConformance({ seed: 1 }), exampleConformance({ seed: 2 })]);
  expect(new Set(columns.map(({ name }) => name)).size).toBe(2);
});
