import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Axes, type Combination, coveringArray, fullProduct } from "./covering-array.ts";

const grids: fc.Arbitrary<Axes> = fc
  .array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 })
  .map((sizes) =>
    Object.fromEntries(
      sizes.map((size, axis) => [`axis${axis}`, Array.from({ length: size }, (_, at) => `${axis}.${at}`)]),
    ),
  );

const pairs = (rows: readonly Combination[]): Set<string> =>
  new Set(
    rows.flatMap((row) =>
      Object.entries(row).flatMap(([one, value], at) =>
        Object.entries(row)
          .slice(at + 1)
          .map(([other, second]) => `${one}=${value} ${other}=${second}`),
      ),
    ),
  );

test("every pair of values that an allowed combination has is in the array", () => {
  fc.assert(
    fc.property(grids, fc.integer(), (axes, seed) => {
      expect(pairs(coveringArray(axes, seed))).toEqual(pairs(fullProduct(axes)));
    }),
    { numRuns: 200 },
  );
});

test("forbidden combinations are never chosen, and what is possible without them is covered", () => {
  const allows = ({ axis0, axis1 }: Combination): boolean => !(axis0 === "0.1" && axis1 === "1.0");
  fc.assert(
    fc.property(grids, fc.integer(), (axes, seed) => {
      const rows = coveringArray(axes, seed, allows);
      expect(rows.every(allows)).toBe(true);
      expect(pairs(rows)).toEqual(pairs(fullProduct(axes, allows)));
    }),
    { numRuns: 200 },
  );
});

test("the plainest combination comes first, and a seed always gives the same rows", () => {
  const axes = { kind: ["one-to-one", "group"], transport: ["tcp", "ws", "mixed"], time: ["first", "second"] };
  expect(coveringArray(axes, 1)[0]).toEqual({ kind: "one-to-one", transport: "tcp", time: "first" });
  expect(coveringArray(axes, 7)).toEqual(coveringArray(axes, 7));
  expect(coveringArray(axes, 1).length).toBeLessThan(fullProduct(axes).length);
});

test("four axes of four values need far fewer rows than their product", () => {
  const four = ["a", "b", "c", "d"];
  expect(coveringArray({ p: four, q: four, r: four, s: four }, 1).length).toBeLessThanOrEqual(24);
});
