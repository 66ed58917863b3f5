import { expect, test } from "vitest";
import { requireWithin } from "./number-limits.ts";

test.each([
  [{}, 1.5],
  [{ integer: true, minimum: 1 }, 1],
  [{ minimum: 0, maximum: 1 }, 1],
  [{ exclusiveMinimum: 0 }, 0.001],
] as const)("%j takes %d", (limits, value) => {
  expect(requireWithin("--n", value, limits)).toBe(value);
});

test.each([
  [{ integer: true, minimum: 1 }, 0, "--n takes a whole number from 1 up, but got 0"],
  [{ integer: true, minimum: 1 }, 1.5, "--n takes a whole number from 1 up, but got 1.5"],
  [{ integer: true, minimum: 1 }, 2 ** 53, "--n takes a whole number from 1 up, but got 9007199254740992"],
  [{ integer: true }, 0.5, "--n takes a whole number, but got 0.5"],
  [{ minimum: 0, maximum: 1 }, 1.1, "--n takes a number from 0 to 1, but got 1.1"],
  [{ exclusiveMinimum: 0 }, 0, "--n takes a number above 0, but got 0"],
  [{ exclusiveMinimum: 0, maximum: 9 }, 10, "--n takes a number above 0, up to 9, but got 10"],
  [{ maximum: 9 }, 10, "--n takes a number up to 9, but got 10"],
  [{}, Number.NaN, /^--n takes a number$/],
  [{ minimum: 0 }, Number.POSITIVE_INFINITY, "--n takes a number from 0 up, but got Infinity"],
] as const)("%j refuses %d", (limits, value, sentence) => {
  expect(() => requireWithin("--n", value, limits)).toThrow(expect.objectContaining({ code: "usage" }));
  expect(() => requireWithin("--n", value, limits)).toThrow(sentence);
});
