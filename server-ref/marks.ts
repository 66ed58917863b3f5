let recorder: ((ruleId: string) => void) | undefined;

/**
 * Says that the code which enforces a rule has run. Free unless a self-test records; enforcement that is hot stands
 * under a comment with the rule's id instead.
 * @param ruleId e.g. `MSG-07`
 */
export function mark(ruleId: string): void {
  recorder?.(ruleId);
}

/** Starts recording which rules are exercised; the returned set grows until {@link stopRecordingMarks}. */
export function recordMarks(): ReadonlySet<string> {
  const seen = new Set<string>();
  recorder = (ruleId) => seen.add(ruleId);
  return seen;
}

/** Makes {@link mark} free again. */
export function stopRecordingMarks(): void {
  recorder = undefined;
}
