import { expect, test } from "vitest";
import { type RunRecord, upperBound } from "./flake-records.ts";
import { flakesPage } from "./flakes-page.ts";

const about = { machine: "a machine", command: "cupping conformance" };
const run = (seed: number, cases: RunRecord["cases"], reasons: RunRecord["reasons"] = {}): RunRecord => ({
  seed,
  loaded: seed % 2 === 0,
  seconds: 10,
  cases,
  reasons,
});

test.each([
  [0, 50, 0.0582],
  [1, 50, 0.0914],
  [5, 10, 0.7776],
])("%i events in %i trials bound the rate as the tables say", (events, trials, bound) => {
  expect(upperBound(events, trials)).toBeCloseTo(bound, 3);
});

test("what always happened may always happen", () => {
  expect(upperBound(3, 3)).toBe(1);
});

test("a case that never failed has its row, its runs under load and its bound", () => {
  const page = flakesPage([run(1, { "A-01/a": "passed" }), run(2, { "A-01/a": "passed" })], about);
  expect(page).toContain("**2 of 2 runs were clean**");
  expect(page).toContain("| A-01/a | 2 | 1 | 0 | 0.0% | 77.6% |");
  expect(page).not.toContain("What flaked");
});

test("a flake is told with its seed, its reason and whether there was load", () => {
  const records = [
    run(1, { "A-01/a": "passed", "B-01/b": "notApplicable" }),
    run(2, { "A-01/a": "couldNotRun", "B-01/b": "notApplicable" }, { "A-01/a": "too\nbusy" }),
  ];
  const page = flakesPage(records, about);
  expect(page).toContain("**1 of 2 runs were clean**");
  expect(page).toContain("  - seed 2, under load: couldNotRun (too busy)");
  expect(page).toContain("| A-01/a | 2 | 1 | 1 | 50.0% |");
  expect(page).toContain("1 cases were asked (1 are not applicable");
});
