import { expect, test } from "vitest";
import { registrationLimit } from "./registration-limit.ts";

test("allows so many registrations within any hour (HTTP-13)", () => {
  let now = 5_000_000;
  const allow = registrationLimit(2, () => now);
  expect([allow(), allow(), allow()]).toEqual([true, true, false]);
  now += 3_599_999;
  expect(allow()).toBe(false);
  now += 1;
  expect([allow(), allow(), allow()]).toEqual([true, true, false]);
});

test("is off by default", () => {
  const allow = registrationLimit(0, () => 0);
  for (let n = 0; n < 1000; n++) expect(allow()).toBe(true);
});
