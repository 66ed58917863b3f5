import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

test("a mistyped word finds the candidate that was meant", () => {
  expect(nearest("conformence", ["load", "conformance", "compare"])).toBe("conformance");
  expect(nearest("cleints", ["clients", "rate"])).toBe("clients");
});

test("a word like none of the candidates finds nothing", () => {
  expect(nearest("xylophone", ["load", "rate"])).toBeUndefined();
  expect(nearest("x", [])).toBeUndefined();
});
