import type { Seams } from "../seams.ts";

/** A rule that cannot help failing together with those that a mutant breaks. */
export interface Companion {
  readonly rule: string;
  /** Why a server that breaks the one cannot keep the other. */
  readonly reason: string;
}

/** A named deviation from the rules, to prove that the suite sees it. */
export interface Mutant {
  /** kebab-case, as in `--mutant NAME`. */
  readonly name: string;
  /** Ids of the rules that it breaks, e.g. `MSG-07`; empty for a correct server that merely differs. */
  readonly breaks: readonly string[];
  /** Rules that may fail with it; everything else must not. */
  readonly companions?: readonly Companion[];
  /** What one client does harms others: the proof runs its cases one at a time, so that each fails for itself alone. */
  readonly disturbsOthers?: true;
  /** One line: what the server does wrong. */
  readonly title: string;
  /** How a believable implementation comes to behave like that, in one sentence. */
  readonly story: string;
  /** Wraps or replaces what the seams offer, before the server listens. */
  apply(seams: Seams): void;
}
