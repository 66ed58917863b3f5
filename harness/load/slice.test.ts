import { expect, it } from "vitest";
import { parseSlice, parseStartAt, usersOfSlice } from "./slice.ts";

const now = Date.parse("2026-05-04T11:59:30Z");

it.each(["", "3", "0/10", "11/10", "3/0", "3/10001", "a/b", "1/2/3", "-1/2", "1.5/2"])(
  "--slice %s is no part of a load",
  (text) => {
    expect(() => parseSlice(text)).toThrow(/^--slice ".*" is no part of a load; expected for example 3\/10/);
  },
);

it("a slice is read", () => {
  expect(parseSlice("3/10")).toEqual({ index: 3, of: 10 });
});

it.each(["2026-05-04T12:00:00Z", "2026-05-04T14:00:00+02:00", "2026-05-04T12:00Z", "1777896000", "1777896000000"])(
  "--start-at %s is the same time",
  (text) => {
    expect(parseStartAt(text, now)).toBe(Date.parse("2026-05-04T12:00:00Z"));
  },
);

it.each([
  ["2026-05-04T12:00:00", /is not a time; expected .* \(with its time zone\)/],
  ["noon", /is not a time/],
  ["2026-13-04T12:00:00Z", /is not a time/],
  ["12", /is not a time/],
  ["2026-05-04T11:59:20Z", /was 10\.0 s ago: a slice begins together with the others or not at all/],
  ["2026-05-06T12:00:00Z", /is 48 hours ahead; expected a time within the next 24 hours$/],
])("--start-at %s is refused", (text, sentence) => {
  expect(() => parseStartAt(text, now)).toThrow(sentence);
});

it.each([
  [30, 10, 2],
  [31, 10, 2],
  [7, 3, 2],
  [1_000, 7, 20],
  [1_000, 1, 200],
  [100_001, 16, 30],
  [5, 5, 1],
])(
  "%i clients in %i slices: each in one, nobody parted from whom they talk to (%i at a time)",
  (clients, of, block) => {
    let next = 0;
    const counts = Array.from({ length: of }, (_, at) => {
      const { first, count } = usersOfSlice({ index: at + 1, of }, clients, block);
      expect(first).toBe(next);
      expect(first % block).toBe(0);
      next = first + count;
      return count;
    });
    expect(next).toBe(clients);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2 * block);
  },
);

it("more slices than conversations are refused", () => {
  const sentence = "--slice 1/10: 6 clients, of which 2 at a time stay together, can be cut into 3 slices at most";
  expect(() => usersOfSlice({ index: 1, of: 10 }, 6, 2)).toThrow(sentence);
});
