import type { Seams } from "../seams.ts";

/** A named deviation from the rules, to prove that the suite sees it. */
export interface Mutant {
  /** kebab-case, as in `--mutant NAME`. */
  readonly name: string;
  /** Ids of the rules that it breaks, e.g. `MSG-07`; empty for a correct server that merely differs. */
  readonly breaks: readonly string[];
  /** One line: what the server does wrong. */
  readonly title: string;
  /** How a believable implementation comes to behave like that. */
  readonly story: string;
  /** Wraps or replaces what the seams offer, before the server listens. */
  apply(seams: Seams): void;
}
