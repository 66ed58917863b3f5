import type { Seams } from "../seams.ts";

/** A rule that inevitably fails together with those that a mutant breaks. */
export interface Companion {
  readonly rule: string;
  /** Why a server that breaks the one cannot keep the other. */
  readonly reason: string;
}

/** A named deviation from the rules, which proves that the suite detects it. */
export interface Mutant {
  /** kebab-case, as in `--mutant NAME`. */
  readonly name: string;
  /** Ids of the rules that it breaks, e.g. `MSG-07`. Only servers that differ but are correct break none. */
  readonly breaks: readonly string[];
  /** Rules that may fail as well; no other rule may. */
  readonly companions?: readonly Companion[];
  /** One client's actions disturb others: the proof runs its cases one at a time, so that each fails on its own. */
  readonly disturbsOthers?: true;
  /** One line: what the server does wrong. */
  readonly title: string;
  /** One sentence: how a competent programmer came to make the mistake. */
  readonly story: string;
  /** Wraps or replaces what the seams offer, before the server listens. */
  apply(seams: Seams): void;
}

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Takes a mutant as it is, once its head has the form in which `cupping list` and the kill matrix print it.
 * @throws TypeError naming the mutant and what is wrong with its head
 */
export function defineMutant(mutant: Mutant): Mutant {
  const { name, breaks, companions = [], title, story } = mutant;
  const wrong = (what: string): TypeError => new TypeError(`mutant ${name}: ${what}`);
  if (!NAME.test(name)) throw wrong("the name is not kebab-case");
  if (breaks.length === 0) throw wrong("it breaks no rule");
  if (title.endsWith(".")) throw wrong("the title ends with a full stop");
  if (!story.endsWith(".")) throw wrong("the story is not a sentence with a full stop");
  const twice = companions.find(({ rule }) => breaks.includes(rule));
  if (twice) throw wrong(`${twice.rule} is both broken and a companion`);
  return mutant;
}
