import { describeOtherRun } from "../check/index.ts";
import type { ThresholdResult, Verdict } from "../result/index.ts";
import { ANOTHER_RUN, followsFromLoss, isNotTargets, isUnanswered, NO_USER_FREE } from "./error-kinds.ts";
import { generatorCauses } from "./link/close-cause.ts";

/** The facts that decide what a run says about the target. */
export interface VerdictFacts {
  /** Violations by check. */
  violations: Record<string, number>;
  /** Why the run was ended before its time, when the target was the reason. */
  targetGone: string | undefined;
  thresholds: readonly ThresholdResult[];
  clientsRequested: number;
  /** Clients that were never up, by cause. */
  notReached: Record<string, number>;
  /** Clients that lost their connection, by cause. */
  lost: Record<string, number>;
  /** What went wrong beside that, by kind. */
  errors: Record<string, number>;
  /** Conversations that could not be audited. */
  unaudited: number;
  /** Why the generator was the limit. */
  saturation: readonly string[];
  /** Percentile thresholds that rest on too few samples, one sentence each. */
  tooFewSamples: readonly string[];
  /** Whether anything was measured at all. */
  hasSamples: boolean;
  partial: boolean;
}

/**
 * Another run on the same accounts makes everything uncertain. Without one, a wrong answer is wrong however busy the
 * generator was, and so is one that never came: these come first. A figure is only worth judging when the generator was
 * not the limit, so saturation comes before thresholds.
 */
export function judge(facts: VerdictFacts): { verdict: Verdict; reasons: string[] } {
  const failures = [
    ...describeViolations(facts.violations),
    ...(facts.targetGone ? [facts.targetGone] : []),
    ...describeLosses(facts.notReached, facts.clientsRequested, "could not be brought up", isUnanswered),
    ...describeErrors(facts, isUnanswered),
  ];
  const invalid = [...facts.saturation, ...describeGeneratorFailures(facts), ...describeOptions(facts.errors)];
  const later = [
    ...describeThresholds(facts.thresholds),
    ...describeLosses(facts.notReached, facts.clientsRequested, "could not be brought up", isOther),
    ...describeLosses(facts.lost, facts.clientsRequested, "lost their connection"),
    ...describeErrors(facts, isOther),
    ...(facts.unaudited > 0
      ? [`${facts.unaudited} conversations could not be audited: the target did not answer`]
      : []),
  ];
  const weak = [...facts.tooFewSamples, ...(facts.hasSamples ? [] : ["nothing was measured"])];
  const others = describeOtherRuns(facts.errors);
  if (others.length > 0) return { verdict: "invalid", reasons: [...others, ...failures, ...invalid, ...later] };
  if (failures.length > 0) return { verdict: "fail", reasons: [...failures, ...later, ...invalid] };
  if (invalid.length > 0) return { verdict: "invalid", reasons: [...invalid, ...later] };
  if (later.length > 0) return { verdict: "fail", reasons: [...later, ...weak] };
  if (weak.length > 0) return { verdict: "invalid", reasons: weak };
  return {
    verdict: "pass",
    reasons: facts.partial ? ["the run was interrupted: this covers what happened until then"] : [],
  };
}

function describeViolations(violations: Record<string, number>): string[] {
  return Object.entries(violations)
    .filter(([, count]) => count > 0)
    .map(([check, count]) => `${count} violation${count === 1 ? "" : "s"} of ${check}`);
}

function describeThresholds(thresholds: readonly ThresholdResult[]): string[] {
  return thresholds
    .filter((threshold) => !threshold.ok)
    .map(({ expression, value, aborted }) => {
      const was = value === null ? "nothing was measured" : `it was ${Number(value.toFixed(3))}`;
      return `threshold ${expression} was crossed: ${was}${aborted ? "; the run was ended for it" : ""}`;
    });
}

const isOther = (kind: string): boolean => !isUnanswered(kind);

function describeLosses(
  causes: Record<string, number>,
  requested: number,
  what: string,
  isMeant: (cause: string) => boolean = () => true,
): string[] {
  return Object.entries(causes)
    .filter(([cause]) => !generatorCauses.has(cause) && isMeant(cause))
    .map(([cause, count]) => `${count} of ${requested} clients ${what}: ${cause}`);
}

/** Errors beside those that follow from clients that failed or were lost, which have their own sentences. */
function describeErrors({ errors, notReached, lost }: VerdictFacts, isMeant: (kind: string) => boolean): string[] {
  const hasLost = Object.keys(lost).length + Object.keys(notReached).length > 0;
  return Object.entries(errors)
    .filter(([kind]) => isMeant(kind) && !isNotTargets(kind) && !(kind in notReached))
    .filter(([kind]) => !(hasLost && followsFromLoss(kind)))
    .map(([kind, count]) => `${count} error${count === 1 ? "" : "s"}: ${kind}`);
}

function describeOtherRuns(errors: VerdictFacts["errors"]): string[] {
  const count = errors[ANOTHER_RUN] ?? 0;
  return count === 0 ? [] : [describeOtherRun(count)];
}

/** What the options made impossible, which says nothing about the target. */
function describeOptions(errors: VerdictFacts["errors"]): string[] {
  const count = errors[NO_USER_FREE] ?? 0;
  if (count === 0) return [];
  return [
    `${count} arrival${count === 1 ? "" : "s"} found no user free: the options ask for more at a time than there are users; ` +
      "give more --clients or a lower --rate",
  ];
}

function describeGeneratorFailures({ notReached, clientsRequested }: VerdictFacts): string[] {
  return Object.entries(notReached)
    .filter(([cause]) => generatorCauses.has(cause))
    .map(
      ([cause, count]) =>
        `${count} of ${clientsRequested} clients could not be brought up because this machine ran ${cause}`,
    );
}
