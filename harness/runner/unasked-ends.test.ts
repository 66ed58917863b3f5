import { expect, test } from "vitest";
import type { Life } from "./census.ts";
import { apartFromRestarts, endsAlike } from "./unasked-ends.ts";

/** A connection that the target ended unasked, ten seconds behind the one before it. */
function ended(place: number, more: Partial<Life> = {}): Life {
  const openedAt = 10_000 * place;
  const ageMs = more.ageMs ?? 1_000 + 700 * place;
  return {
    ...{ owner: `MSG-0${place}/a`, openedAt, ageMs, answers: 3 + place },
    ...{ endedAt: openedAt + ageMs, isUnasked: true, isOpen: false, isTurnedAway: false },
    ...more,
  };
}

/** A connection that was let go by the suite. */
function kept(more: Partial<Life> = {}): Life {
  return {
    ...{ owner: "HB-01/a", openedAt: 0, ageMs: 500, answers: 2 },
    ...{ endedAt: undefined, isUnasked: false, isOpen: false, isTurnedAway: false },
    ...more,
  };
}

test("connections that all ended behind as many answers end behind so many", () => {
  const lives = [1, 2, 3].map((place) => ended(place, { answers: 10 }));
  const alike = endsAlike([...lives, kept()]);
  expect(alike?.sentence).toBe("the target ends connections behind 10 answers: 3 ended so, and none got more");
  expect(alike?.fits(lives[0] as Life)).toBe(true);
  expect(endsAlike([...lives, kept({ answers: 11 })])).toBeUndefined();
});

test("connections that ended at the same age end after a time, and those that grew older are counted", () => {
  const lives = [1, 2, 3].map((place) => ended(place, { ageMs: 3_000 + place }));
  const alike = endsAlike([...lives, kept({ ageMs: 60_000, answers: 50 })]);
  expect(alike?.sentence).toBe(
    "the target ends connections about 3.0 s after they were opened: 3 of the 4 that grew so old",
  );
});

test.each([
  ["two of them", [1, 2].map((place) => ended(place, { answers: 10 }))],
  ["ends behind the first requests", [1, 2, 3].map((place) => ended(place, { answers: 2 }))],
  ["ends with nothing in common", [1, 2, 3].map((place) => ended(place))],
  ["connections of one age that one thing ended", [1, 2, 3].map(() => ended(1))],
  ["ends at once, whatever the age", [1, 2, 3].map((place) => ended(place, { ageMs: 20 }))],
])("%s tell of no such thing", (_what, lives) => {
  expect(endsAlike([...lives, kept()])).toBeUndefined();
});

test("several connections of which none was left are a restart, and not ends unasked", () => {
  const together = [ended(1), ended(1, { owner: "MSG-02/b" })];
  expect(apartFromRestarts(together).filter(({ isUnasked }) => isUnasked)).toEqual([]);
  const survivor = kept({ ageMs: 60_000 });
  expect(apartFromRestarts([...together, survivor]).filter(({ isUnasked }) => isUnasked)).toHaveLength(2);
  expect(apartFromRestarts([ended(1)]).filter(({ isUnasked }) => isUnasked)).toHaveLength(1);
});
