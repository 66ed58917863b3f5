import { expect, it } from "vitest";
import { ClockBound } from "./clock-bound.ts";

/** A machine whose clock is so far ahead of the target's logs in every 37 ms, with an answer after `roundTrip`. */
function bounds(ahead: number, logins: number, roundTrip: number): { least: number; most: number } | undefined {
  const bound = new ClockBound();
  for (let at = 1_800_000_000_000; logins > 0; at += 37, logins--) {
    const seconds = Math.floor((at + roundTrip / 2) / 1000);
    bound.add(at + ahead, at + ahead + roundTrip, seconds);
  }
  return bound.record();
}

it.each([0, 5_250, -700])("a clock that is %i ms ahead is found, to about a round trip", (ahead) => {
  const { least, most } = bounds(ahead, 100, 4) as { least: number; most: number };
  expect(least).toBeLessThanOrEqual(ahead);
  expect(most).toBeGreaterThanOrEqual(ahead);
  expect(most - least).toBeLessThan(50);
});

it("one answer bounds it to a second and the round trip", () => {
  const { least, most } = bounds(100, 1, 4) as { least: number; most: number };
  expect(most - least).toBe(1_004);
});

it("what processes of one machine found counts together", () => {
  const [one, other, both] = [new ClockBound(), new ClockBound(), new ClockBound()];
  one.add(1_000_900, 1_000_902, 1_000);
  other.add(1_001_100, 1_001_102, 1_001);
  for (const part of [one, other]) both.merge(part.take() as never);
  expect(both.record()).toEqual({ least: -100, most: 102, answers: 2 });
  expect(one.record()).toBeUndefined();
});

it("a target that tells no time bounds nothing, and one whose servers disagree bounds by both", () => {
  const bound = new ClockBound();
  bound.add(1_000_000, 1_000_002, 0);
  expect(bound.record()).toBeUndefined();
  bound.add(1_000_000, 1_000_002, 1_000);
  bound.add(1_000_000, 1_000_002, 1_010);
  expect(bound.record()).toEqual({ least: -9_998, most: -1_000, answers: 2 });
});
