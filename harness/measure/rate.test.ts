import { expect, test } from "vitest";
import { parseRate } from "./rate.ts";

test.each([
  [1000, 1000],
  ["1000", 1000],
  ["0.5/s", 0.5],
])("%j is a rate", (text, rate) => {
  expect(parseRate(text, "requests")).toBe(rate);
});

test.each(["fast", "", "/s", "0", -1, "Infinity", "10/m"])("%j is refused", (text) => {
  const refused = (): number => parseRate(text, "requests");
  expect(refused).toThrow(expect.objectContaining({ code: "usage" }));
  expect(refused).toThrow(
    /^--rate ".*" is not a rate; expected a number of requests per second, e\.g\. 1000 or 1000\/s$/,
  );
});
