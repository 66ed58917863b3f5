import { expect, test } from "vitest";
import { reconnectDelay } from "./reconnection.ts";

const delays = (options: Parameters<typeof reconnectDelay>[1]): number[] =>
  Array.from({ length: 6 }, (_, i) => reconnectDelay(i + 1, options));

test("pauses are 1, 2, 4, 8 s and then again from 1 s (HB-05)", () => {
  expect(delays({ jitter: 0 })).toEqual([1_000, 2_000, 4_000, 8_000, 1_000, 2_000]);
});

test("jitter lengthens a pause by at most its share", () => {
  expect(delays({ jitter: 0.5, random: () => 1 })).toEqual([1_500, 3_000, 6_000, 12_000, 1_500, 3_000]);
  expect(delays({ jitter: 0.5, random: () => 0 })[0]).toBe(1_000);
});

test("own pauses are taken as they are", () => {
  expect(delays({ delaysMs: [10, 20], jitter: 0 })).toEqual([10, 20, 10, 20, 10, 20]);
});
