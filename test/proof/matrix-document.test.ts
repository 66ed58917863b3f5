import { expect, test } from "vitest";
import type { KillRecord } from "./kills.ts";
import { matrixOf, matrixPage, pairsOf, recordsOf, unmetPairsOf } from "./matrix-document.ts";

const cases = ["A-01/a", "A-01/b", "B-01/b"];
const record = (mutant: string, ...met: string[]): KillRecord => ({
  mutant,
  breaks: ["A-01"],
  met,
  kills: [{ case: "A-01/a", rule: "A-01", reason: "why" }],
  survived: [],
  undecided: [],
  companions: [],
  strays: [],
});
const about = { ruleSet: "1", seed: 1, quick: false, cases, rules: [] };
const matrix = matrixOf([record("m", "A-01/a"), record("n", ...cases), record("o", "A-01/a", "Z-01/gone")], about);

test("a published matrix knows which mutants have not met which cases", () => {
  expect(matrix.unmet).toEqual([{ mutants: ["m", "o"], cases: ["A-01/b", "B-01/b"] }]);
  expect(pairsOf(matrix)).toEqual({ all: 9, met: 5 });
  expect(recordsOf(matrix).map(({ met }) => met)).toEqual([["A-01/a"], cases, ["A-01/a"]]);
  expect(matrixPage(matrix, [])).toContain("| `m`, `o` | `A-01/b`, `B-01/b` |");
});

test("a case or a mutant that is new has met nobody", () => {
  expect(unmetPairsOf(matrix, ["m", "n", "o"], cases)).toBe(4);
  expect(unmetPairsOf(matrix, ["n", "new"], [...cases, "A-01/new"])).toBe(5);
});
