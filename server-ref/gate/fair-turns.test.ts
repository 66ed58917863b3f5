import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { FairTurns, type TurnTaker } from "./fair-turns.ts";

/** A connection that notes when it was served. */
function taker(name: string, served: string[], isBusy = false): TurnTaker {
  return { isBusy, takeTurn: () => void served.push(name) };
}

test("those who wait are served in one turn as long as it is short", async () => {
  const [turns, served]: [FairTurns, string[]] = [new FairTurns(), []];
  for (const name of ["first", "second", "third"]) turns.wait(taker(name, served));
  expect(served).toEqual([]);
  await turn();
  expect(served).toEqual(["first", "second", "third"]);
});

test("behind one whose work is still to come nobody is served in the same turn", async () => {
  const [turns, served]: [FairTurns, string[]] = [new FairTurns(), []];
  turns.wait(taker("waits for a commit", served, true));
  turns.wait(taker("second", served, true));
  turns.wait(taker("third", served));
  await turn();
  expect(served).toEqual(["waits for a commit"]);
  await turn();
  expect(served).toEqual(["waits for a commit", "second"]);
  await turn();
  expect(served).toEqual(["waits for a commit", "second", "third"]);
});

test("what others ask for goes first, every other time", async () => {
  const [turns, served]: [FairTurns, string[]] = [new FairTurns(), []];
  turns.wait(taker("first", served));
  turns.did(1);
  await turn();
  expect(served).toEqual([]);
  turns.did(1);
  await turn();
  expect(served).toEqual(["first"]);
});
