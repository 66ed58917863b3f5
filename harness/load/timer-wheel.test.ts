import { expect, it } from "vitest";
import { createRandom } from "./random.ts";
import { TimerWheel } from "./timer-wheel.ts";

it("fires every timer once, not before its time and at the first advance after it", () => {
  const timers = 2000;
  const random = createRandom(1, "wheel");
  const due = Array.from({ length: timers }, () => 1000 + random.integer(60_000));
  const fired = new Map<number, number>();
  let now = 1000;
  const wheel = new TimerWheel(timers, now, (timer) => {
    expect(fired.has(timer)).toBe(false);
    fired.set(timer, now);
  });
  due.forEach((at, timer) => {
    wheel.set(timer, at);
  });
  for (let timer = 0; timer < 100; timer++) wheel.clear(timer);
  // Among the steps is one longer than a turn of the wheel.
  while (now < 100_000) {
    const before = now;
    now += random.next() < 0.01 ? 20_000 : 1 + random.integer(49);
    wheel.advance(now);
    for (const [timer, at] of fired) {
      if (at !== now) continue;
      expect(due[timer]).toBeLessThanOrEqual(now);
      expect(due[timer]).toBeGreaterThan(before - 1);
    }
  }
  expect(fired.size).toBe(timers - 100);
});

it("takes a new time for a timer that is set, and timers that are set while firing", () => {
  const fired: number[] = [];
  const wheel = new TimerWheel(2, 0, (timer) => {
    fired.push(timer);
    if (timer === 0 && fired.length < 3) wheel.set(0, 0);
  });
  wheel.set(0, 5);
  wheel.set(0, 500);
  wheel.set(1, 20);
  wheel.advance(100);
  expect(fired).toEqual([1]);
  wheel.advance(500);
  expect(fired).toEqual([1, 0]);
  wheel.advance(501);
  expect(fired).toEqual([1, 0, 0]);
});
