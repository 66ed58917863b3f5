import { expect, test } from "vitest";
import { differentServers } from "../peers/different.ts";
import { wrongInLargeWorlds } from "../peers/wrong-in-large-worlds.ts";
import { playMarathon, unchanged } from "./play-marathon.ts";

/** More steps than this are no short history. */
const FEW = 12;

/** A few of each kind; `npm run marathon` plays against all of them. */
const right = differentServers.filter(({ name }) => name === "ids-from-1001");
const wrong = wrongInLargeWorlds.filter(({ name }) => ["unread-ends-at-99", "first-of-those-removed"].includes(name));

test.each([unchanged, ...right])("the marathon is green on a server that $title", { timeout: 120_000 }, async (one) => {
  const { status, reason } = await playMarathon(one);
  expect(status, reason).toBe("passed");
});

test.each(wrong)("the marathon finds a server that $title, in a few steps", { timeout: 180_000 }, async (one) => {
  const { status, reason, steps = [] } = await playMarathon(one);
  expect(status, reason).toBe("failed");
  expect(reason).toContain(one.expected);
  expect(steps.length).toBeLessThanOrEqual(FEW);
});
