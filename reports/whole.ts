import type { Outcome } from "./run-outcome.ts";
import type { Phrase } from "./words/phrase.ts";

/** What several results together come to, where their own verdicts do not say all of it: e.g. a gate's answer. */
export interface Whole {
  /** What judges, e.g. `Gate`. */
  readonly subject: Phrase;
  readonly outcome: Outcome;
  /** Why, in one sentence. */
  readonly sentence: Phrase;
  readonly parts: readonly WholePart[];
}

/** A result, or what was judged beside the results, such as a comparison with a baseline. */
export interface WholePart {
  readonly name: Phrase;
  /** Undefined when it was not run. */
  readonly outcome: Outcome | undefined;
  /** Its figures in a few words. */
  readonly detail: Phrase;
  readonly reasons: readonly string[];
  /** Where a page shows it, as a link from the page of the whole. */
  readonly href?: string;
  /** It is one of the results, and so has a report of its own. */
  readonly isResult: boolean;
}

/** Whether everything that belongs to it was run to its end. */
export function isWhole({ outcome, parts }: Whole): boolean {
  return outcome !== "interrupted" && parts.every((part) => part.outcome !== undefined);
}
