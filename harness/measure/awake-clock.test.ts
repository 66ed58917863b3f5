import { expect, it } from "vitest";
import { AwakeClock } from "./awake-clock.ts";

const pauses: number[] = [];

function clockFrom(monotonic: number, wall: number) {
  pauses.length = 0;
  const time = { monotonic, wall };
  const clock = new AwakeClock((millis) => pauses.push(millis), {
    monotonic: () => time.monotonic,
    wall: () => time.wall,
  });
  clock.now();
  const pass = (millis: number, wallMillis = millis): number => {
    time.monotonic += millis;
    time.wall += wallMillis;
    return clock.now();
  };
  return { clock, pass };
}

it("goes with the time while it is asked often", () => {
  const { pass } = clockFrom(500, 9_000);
  for (let tick = 1; tick <= 100; tick++) expect(pass(20)).toBe(500 + tick * 20);
  expect(pauses).toEqual([]);
});

it("stands still while nobody can ask, and tells how long that was", () => {
  const { clock, pass } = clockFrom(500, 9_000);
  expect(pass(16_000)).toBe(500);
  expect(pass(20)).toBe(520);
  expect(pauses).toEqual([16_000]);
  expect(clock.toMonotonic(1_000)).toBe(17_000);
});

it("notices a suspended machine by its wall clock where the other one stands still, too", () => {
  const { pass } = clockFrom(500, 9_000);
  expect(pass(20, 3_600_000)).toBe(520);
  expect(pauses).toEqual([3_600_000]);
});
