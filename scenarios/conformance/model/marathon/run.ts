import { type CaseContext, isCaseEnd, RuleFailure } from "../../../../harness/runner/index.ts";
import { type Deed, describeDeed, drawMarathon } from "./steps.ts";
import { LargeWorld } from "./world.ts";

/** Longest time for making a failing history short, in milliseconds. */
const SEARCH_LIMIT_MS = 20_000;
/** While a history is made short, what fails to come is waited for this part of the usual time. */
const HASTE = 1 / 6;

/** Steps with larger numbers than these make the world large. */
const SMALL = 33;

function makesLarge(deed: Deed): boolean {
  return "count" in deed && deed.count > SMALL;
}

/** A failure, and the place in the history behind which it was seen; the length of it: in the last comparison. */
interface Failed {
  readonly error: RuleFailure;
  readonly at: number;
}

/**
 * Plays a history with fresh users.
 * @param patienceMs longest wait for a push
 * @returns undefined when target and model agree to the end
 */
async function play(t: CaseContext, deeds: readonly Deed[], patienceMs = t.patienceMs): Promise<Failed | undefined> {
  await t.beginAgain();
  let at = 0;
  try {
    const crowd = deeds.reduce((most, deed) => (deed.do === "gather" ? Math.max(most, deed.count) : most), 0);
    const world = await LargeWorld.create(t, { crowd, patienceMs });
    for (; at < deeds.length; at++) await world.act(deeds[at] as Deed);
    await world.compare();
    return undefined;
  } catch (error) {
    if (isCaseEnd(error, "rule-broken")) return { error: error as RuleFailure, at };
    throw error;
  }
}

/**
 * Makes a failing history short as long as there is time: first nearly all that makes the world large is left out, since
 * it takes nearly all of the time, then any other parts, then numbers are halved.
 */
class Shortening {
  readonly #t: CaseContext;
  readonly #until: number;
  /** The shortest history so far that fails. */
  deeds: readonly Deed[];

  constructor(t: CaseContext, failing: readonly Deed[]) {
    this.#t = t;
    this.deeds = failing;
    this.#until = performance.now() + SEARCH_LIMIT_MS * t.around.timeoutScale;
  }

  async run(): Promise<void> {
    await this.#makeSmall();
    await this.#leaveOut();
    await this.#halve();
  }

  /** One mistake seldom needs a world that is large in more than two directions. */
  async #makeSmall(): Promise<void> {
    const all = this.deeds;
    const large = all.slice(0, -1).filter(makesLarge);
    const crowd = large.filter((deed) => deed.do === "gather");
    const choices = [[], ...large.map((deed) => [deed]), ...large.map((deed) => [...crowd, deed])];
    for (const kept of choices) {
      const smaller = all.filter((deed, at) => at === all.length - 1 || !makesLarge(deed) || kept.includes(deed));
      if (await this.#try(smaller)) return;
    }
  }

  /** As in delta debugging: large parts first, and the step behind which the failure was seen not at all. */
  async #leaveOut(): Promise<void> {
    for (let size = Math.ceil(this.deeds.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let from = 0; from < this.deeds.length - 1; ) {
        const end = Math.min(from + size, this.deeds.length - 1);
        const isLeftOut = await this.#try([...this.deeds.slice(0, from), ...this.deeds.slice(end)]);
        if (!isLeftOut) from = end;
      }
    }
  }

  async #halve(): Promise<void> {
    for (let index = 0; index < this.deeds.length; index++) {
      let low = 0;
      for (let deed = this.deeds[index]; deed && "count" in deed && deed.count - low > 1; deed = this.deeds[index]) {
        const count = Math.ceil((low + deed.count) / 2);
        const shorter = this.deeds.map((one, at) => (at === index ? ({ ...one, count } as Deed) : one));
        if (count === deed.count || !(await this.#try(shorter))) low = count;
      }
    }
  }

  async #try(deeds: readonly Deed[]): Promise<boolean> {
    if (deeds.length === this.deeds.length && deeds.every((deed, at) => deed === this.deeds[at])) return false;
    if (performance.now() > this.#until) return false;
    const failed = await playAgain(this.#t, deeds, this.#t.patienceMs * HASTE);
    if (failed === undefined) return false;
    this.deeds = deeds.slice(0, failed.at + 1);
    return true;
  }
}

/** Like {@link play}, when a failure is known already: what keeps this history from being played proves nothing. */
async function playAgain(t: CaseContext, deeds: readonly Deed[], patienceMs?: number): Promise<Failed | undefined> {
  try {
    return await play(t, deeds, patienceMs);
  } catch (error) {
    if (isCaseEnd(error, "could-not-run")) return undefined;
    throw error;
  }
}

/**
 * Plays one long random history in a large world. One that fails is made short and played once more, so that trace and
 * capsule hold it alone.
 * @throws RuleFailure with the short history as steps
 */
export async function runMarathon(t: CaseContext): Promise<void> {
  const deeds = drawMarathon(t);
  const failed = await play(t, deeds);
  if (failed === undefined) return;
  const failing = deeds.slice(0, failed.at + 1);
  const shortening = new Shortening(t, failing);
  await shortening.run();
  const again = await playAgain(t, shortening.deeds);
  t.attempts = { runs: 1, failures: again ? 1 : 0 };
  t.steps = (again ? shortening.deeds : failing).map(describeDeed);
  t.remarks.push(
    again
      ? `the steps are what is left of a history of ${deeds.length}, drawn at random and made short`
      : "the steps are the whole history, drawn at random: a shorter one did not fail again",
  );
  const { legal, actual } = (again ?? failed).error;
  throw new RuleFailure(legal, actual);
}
