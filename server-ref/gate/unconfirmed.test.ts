import { expect, test } from "vitest";
import { Unconfirmed } from "./unconfirmed.ts";

test("what is confirmed in time is not counted, what is overdue is forgotten once", () => {
  const pushes = new Unconfirmed();
  pushes.pushed("a", 10);
  pushes.pushed("b", 20);
  pushes.pushed("c", 30);
  pushes.confirmed("b");
  pushes.confirmed("never pushed");
  expect(pushes.forgetOverdue(9)).toBe(0);
  expect(pushes.forgetOverdue(10)).toBe(1);
  expect(pushes.forgetOverdue(29)).toBe(0);
  expect(pushes.forgetOverdue(1000)).toBe(1);
});

test("a client that never confirms is remembered up to a bound", () => {
  const pushes = new Unconfirmed();
  for (let index = 0; index < 1500; index++) pushes.pushed(String(index), Number.POSITIVE_INFINITY);
  expect(pushes.forgetOverdue(0)).toBe(500);
});
