import * as fc from "fast-check";
import { type CaseContext, isCaseEnd, RuleFailure } from "../../../harness/runner/index.ts";
import { concernsGroup, describeStep, type Step } from "./steps.ts";
import { World } from "./world.ts";

/** Random histories per run of a case. */
const HISTORIES = 10;
/** Longest time for finding and shrinking a failure, in milliseconds. */
const SEARCH_LIMIT_MS = 15_000;
/** How often a failing history is played again, to tell a fault from a race. */
const REPETITIONS = 5;

/** Plays a history against the target with fresh users. @throws RuleFailure where target and model differ */
export async function play(t: CaseContext, steps: readonly Step[]): Promise<void> {
  // Trace and capsule are to hold the last history alone: the shortest one that fails.
  await t.beginAgain();
  const world = await World.create(t, steps.some(concernsGroup));
  try {
    for (const step of steps) await world.act(step);
    await world.compare();
  } finally {
    world.close();
  }
}

/**
 * Plays random histories. The first that fails is made as short as it gets and played five times more.
 * @throws RuleFailure with the short history as steps, and how often it fails
 */
export async function holdsForAll(t: CaseContext, histories: fc.Arbitrary<Step[]>): Promise<void> {
  let obstacle: unknown;
  const property = fc.asyncProperty(histories, async (steps) => {
    if (obstacle !== undefined) return;
    try {
      await play(t, steps);
    } catch (error) {
      if (isCaseEnd(error, "rule-broken")) throw error;
      // Not the target's fault: nothing can be concluded, and shrinking would only repeat it.
      obstacle = error;
    }
  });
  const seed = t.random.integer(2 ** 31);
  const details = await fc.check(property, {
    seed,
    numRuns: HISTORIES,
    interruptAfterTimeLimit: SEARCH_LIMIT_MS * t.around.timeoutScale,
  });
  if (obstacle !== undefined) throw obstacle;
  const failing = details.counterexample?.[0];
  if (!details.failed || !failing) return;
  await blame(t, await shorten(t, failing), details.errorInstance);
}

/** Leaves out single steps as long as the rest still fails: what the generator's own shrinking keeps at the end. */
async function shorten(t: CaseContext, steps: readonly Step[]): Promise<readonly Step[]> {
  let shortest = steps;
  for (let index = steps.length - 1; index >= 0; index--) {
    const without = shortest.filter((_, at) => at !== index);
    if (without.length > 0 && (await fails(t, without))) shortest = without;
  }
  return shortest;
}

async function fails(t: CaseContext, steps: readonly Step[]): Promise<boolean> {
  try {
    await play(t, steps);
    return false;
  } catch (error) {
    if (isCaseEnd(error, "rule-broken")) return true;
    throw error;
  }
}

async function blame(t: CaseContext, steps: readonly Step[], first: unknown): Promise<never> {
  let failures = 0;
  let last = first;
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    try {
      await play(t, steps);
    } catch (error) {
      if (!isCaseEnd(error, "rule-broken")) throw error;
      failures += 1;
      last = error;
    }
  }
  t.attempts = { runs: REPETITIONS, failures };
  const { legal, actual } = last as RuleFailure;
  t.steps = steps.map(describeStep);
  t.remarks.push("the steps are the shortest history that fails; it was found at random and made short");
  t.remarks.push(`the history as data: ${JSON.stringify(steps)}`);
  throw new RuleFailure(legal, actual);
}
