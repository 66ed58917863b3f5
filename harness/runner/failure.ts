/** One thing that a rule allows, with what it earns. */
export interface LegalOutcome {
  /** In words, e.g. `no answer`. */
  readonly outcome: string;
  /** `warn`: legal, but the contract recommends another. */
  readonly verdict: "pass" | "warn";
  /** Why, or what to think of it. */
  readonly remark?: string;
}

/** The target broke the rule of the case: what would have been legal, and what came instead. */
export class RuleFailure extends Error {
  override readonly name = "RuleFailure";
  readonly code = "rule-broken";
  readonly legal: readonly LegalOutcome[];
  readonly actual: string;
  /** What the target leaves undone, in the same words whichever case meets it: `MSG_DATA is unanswered`. */
  readonly lack: string | undefined;
  /** Whether it is that something did not come in time, and not that something wrong came. */
  readonly isLate: boolean;

  /** @param expected every legal outcome; a plain text is the only one */
  constructor(
    expected: string | readonly LegalOutcome[],
    actual: string,
    { lack, isLate = false }: { lack?: string | undefined; isLate?: boolean } = {},
  ) {
    const legal: readonly LegalOutcome[] =
      typeof expected === "string" ? [{ outcome: expected, verdict: "pass" }] : expected;
    super(`expected ${legal.map((one) => one.outcome).join(", or ")}; got ${actual}`);
    this.legal = legal;
    this.actual = actual;
    this.lack = lack;
    this.isLate = isLate;
  }
}

/** Something that the case needs first is missing, so that nothing can be said about its rule. */
export class CouldNotRun extends Error {
  override readonly name = "CouldNotRun";
  readonly code = "could-not-run";
}

/** What the rule speaks of cannot be brought about on this target, whatever the options. */
export class NotApplicable extends Error {
  override readonly name = "NotApplicable";
  readonly code = "not-applicable";
}

/** A frame of the suite itself breaks the contract, and the case does not say that it should. */
export class OwnFrameWrong extends Error {
  override readonly name = "OwnFrameWrong";
  readonly code = "own-frame-wrong";
}

/** What ends a case before its end. */
export type CaseEnd = RuleFailure | CouldNotRun | NotApplicable | OwnFrameWrong;

/** Whether an error is what ends a case, and of this code where one is named. */
export function isCaseEnd<Code extends CaseEnd["code"] = CaseEnd["code"]>(
  error: unknown,
  code?: Code,
): error is Extract<CaseEnd, { code: Code }> {
  const isEnd =
    error instanceof RuleFailure ||
    error instanceof CouldNotRun ||
    error instanceof NotApplicable ||
    error instanceof OwnFrameWrong;
  return isEnd && (code === undefined || error.code === code);
}
