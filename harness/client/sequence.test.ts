import { expect, test } from "vitest";
import { SequenceNumbers } from "./sequence.ts";

const none = (): boolean => false;

test("starts at 1, never gives 0, and goes from 65535 to 1", () => {
  const numbers = new SequenceNumbers();
  const given = Array.from({ length: 65_535 }, () => numbers.next(none));
  expect(given[0]).toBe(1);
  expect(given.at(-1)).toBe(65_535);
  expect(new Set(given).size).toBe(65_535);
  expect(numbers.next(none)).toBe(1);
});

test("passes over numbers whose answer is due, and says when there is none left", () => {
  const numbers = new SequenceNumbers(65_534);
  const outstanding = new Set([65_535, 1, 2]);
  expect(numbers.next((seqNum) => outstanding.has(seqNum))).toBe(3);
  expect(() => numbers.next(() => true)).toThrow("all 65535 sequence numbers");
});
