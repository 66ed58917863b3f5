import { describeOtherRun } from "../check/index.ts";
import type { ThresholdResult, Verdict } from "../result/index.ts";
import {
  ANOTHER_RUN,
  CLOSED_SILENT,
  followsFromLoss,
  isFaultyBytes,
  isForgotten,
  isGroupRefused,
  isNotTargets,
  isTargetsDoing,
  isUnanswered,
  NO_SESSION,
  NO_USER_FREE,
  SILENCE_ENDS_MS,
} from "./error-kinds.ts";
import { generatorCauses } from "./link/close-cause.ts";
import { describeSlowLogins, type SlowLogins } from "./slow-logins.ts";

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
  /** That most users waited to be logged in, if they did. */
  slowLogins: SlowLogins | undefined;
  /** Conversations that could not be audited. */
  unaudited: number;
  /** Why the generator was the limit. */
  saturation: readonly string[];
  /** Why this is not the load that was asked for, such as a part of it that is missing, one sentence each. */
  notWhole: readonly string[];
  /** Whether the generator stood still for so long that the target may have given up on it meanwhile. */
  stoodStill: boolean;
  /** Why connections could not be made that never reached the target: the table that this machine keeps of them. */
  connectionTable: readonly string[];
  /** Percentile thresholds that rest on too few samples, one sentence each. */
  tooFewSamples: readonly string[];
  /** Whether anything was measured at all. */
  hasSamples: boolean;
  partial: boolean;
}

const LOST = "lost their connection";

/**
 * Another run on the same accounts makes everything uncertain. Without one, a wrong answer is wrong however busy the
 * generator was, and so is one that never came or turns a newcomer away: these come first. A figure is only worth
 * judging when the generator was not the limit, so saturation comes before thresholds.
 */
export function judge(facts: VerdictFacts): { verdict: Verdict; reasons: string[] } {
  // A table of connections that is full drops packets on this machine, whoever waits for an answer to them.
  // Nor does anybody know what a target did, and why, while its clients stood still.
  const isCertain = (kind: string): boolean =>
    isTargetsDoing(kind) && !facts.stoodStill && !(facts.connectionTable.length > 0 && kind === "timeout");
  const isOther = (kind: string): boolean => !isCertain(kind);
  const targetGone = facts.targetGone ? [facts.targetGone] : [];
  const failures = [
    ...describeViolations(facts.violations),
    ...describeForgotten(facts.errors),
    ...(facts.stoodStill ? [] : targetGone),
    ...describeLosses(facts.notReached, facts.clientsRequested, "could not be brought up", isCertain),
    ...describeLosses(facts.lost, facts.clientsRequested, LOST, isFaultyBytes),
    ...describeErrors(facts, isCertain),
  ];
  const options = describeOptions(facts);
  const invalid = [
    ...facts.notWhole,
    ...facts.saturation,
    ...facts.connectionTable,
    ...describeGeneratorFailures(facts),
    ...describeSilence(facts),
    ...(facts.slowLogins ? [] : options),
  ];
  const later = [
    ...(facts.stoodStill ? targetGone : []),
    ...describeThresholds(facts.thresholds.filter(({ value }) => value !== null || !isIdle(facts))),
    ...describeLosses(facts.notReached, facts.clientsRequested, "could not be brought up", isOther),
    ...describeLosses(facts.lost, facts.clientsRequested, LOST, (cause) => !isFaultyBytes(cause)),
    ...describeErrors(facts, isOther),
    ...(facts.unaudited > 0
      ? [
          `${facts.unaudited} conversation${facts.unaudited === 1 ? "" : "s"} could not be audited: the target did not answer`,
        ]
      : []),
  ];
  // Who found nobody free, because all wait for the target, would have waited as well: a crossed threshold is crossed.
  const weak = [
    ...(facts.slowLogins ? options : []),
    ...facts.tooFewSamples,
    ...(facts.hasSamples ? [] : ["nothing was measured"]),
  ];
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

/** Whether nothing was asked of the target, e.g. since no arrival fell into a short time: no figure can say anything. */
function isIdle({ hasSamples, errors, lost, notReached, violations, targetGone, unaudited }: VerdictFacts): boolean {
  const isClean = [errors, lost, notReached, violations].every((counts) => Object.values(counts).every((n) => n === 0));
  return !hasSamples && isClean && targetGone === undefined && unaudited === 0;
}

function describeViolations(violations: Record<string, number>): string[] {
  return Object.entries(violations)
    .filter(([, count]) => count > 0)
    .map(([check, count]) => `${count} violation${count === 1 ? "" : "s"} of ${check}`);
}

/** Who was logged in before and is unknown now: no hurry of ours makes a target forget its users. */
function describeForgotten(errors: VerdictFacts["errors"]): string[] {
  const count = Object.entries(errors).reduce((sum, [kind, times]) => sum + (isForgotten(kind) ? times : 0), 0);
  if (count === 0) return [];
  const how = Object.keys(errors).find(isForgotten)?.replace(/^.*: /, "");
  return [
    `the target came back without its accounts: users who had been logged in were turned away ${count} time${count === 1 ? "" : "s"} (${how}); what it stores has to survive a restart (SYS-01)`,
  ];
}

function describeThresholds(thresholds: readonly ThresholdResult[]): string[] {
  return thresholds
    .filter((threshold) => !threshold.ok)
    .map(({ expression, value, aborted }) => {
      const was = value === null ? "nothing was measured" : `it was ${Number(value.toFixed(3))}`;
      return `threshold ${expression} was crossed: ${was}${aborted ? "; this ended the run" : ""}`;
    });
}

function describeLosses(
  causes: Record<string, number>,
  requested: number,
  what: string,
  isMeant: (cause: string) => boolean = () => true,
): string[] {
  return Object.entries(causes)
    .filter(([cause]) => !generatorCauses.has(cause) && cause !== CLOSED_SILENT && isMeant(cause))
    .map(([cause, count]) => `${count} of ${requested} clients ${what}: ${cause}`);
}

/** Errors beside those that follow from clients that failed or were lost, or from a group that was refused: these are told. */
function describeErrors({ errors, notReached, lost }: VerdictFacts, isMeant: (kind: string) => boolean): string[] {
  const hasLost = Object.keys(lost).length + Object.keys(notReached).length > 0;
  const wereRefused = Object.keys(errors).some(isGroupRefused);
  return Object.entries(errors)
    .filter(([kind]) => isMeant(kind) && !isNotTargets(kind) && !generatorCauses.has(kind) && !(kind in notReached))
    .filter(([kind]) => !(hasLost && followsFromLoss(kind)) && !(wereRefused && kind === NO_SESSION))
    .map(([kind, count]) => `${count} error${count === 1 ? "" : "s"}: ${kind}`);
}

function describeOtherRuns(errors: VerdictFacts["errors"]): string[] {
  const count = errors[ANOTHER_RUN] ?? 0;
  return count === 0 ? [] : [describeOtherRun(count)];
}

/** What the options made impossible, which says nothing about the target; unless users are kept by waiting for it. */
function describeOptions({ errors, slowLogins }: VerdictFacts): string[] {
  const count = errors[NO_USER_FREE] ?? 0;
  if (count === 0) return [];
  const found = `${count} arrival${count === 1 ? "" : "s"} found no user free`;
  if (Object.keys(errors).some(isUnanswered)) return [`${found}: users waited in vain for what was not answered`];
  if (slowLogins) return [`${found}: ${describeSlowLogins(slowLogins)}`];
  return [`${found}: the options ask for more at a time than there are users; give more --clients or a lower --rate`];
}

/** What the options made the target do. */
function describeSilence({ lost, clientsRequested }: VerdictFacts): string[] {
  const count = lost[CLOSED_SILENT] ?? 0;
  if (count === 0) return [];
  const seconds = SILENCE_ENDS_MS / 1000;
  return [
    `${count} of ${clientsRequested} clients were closed for their silence: a target ends whoever sends no heartbeat for ${seconds} s (HB-02); give a shorter --heartbeat`,
  ];
}

function describeGeneratorFailures({ notReached, errors, clientsRequested }: VerdictFacts): string[] {
  const clients = Object.entries(notReached)
    .filter(([cause]) => generatorCauses.has(cause))
    .map(
      ([cause, count]) =>
        `${count} of ${clientsRequested} clients could not be brought up because this machine ran ${cause}`,
    );
  const logins = Object.entries(errors)
    .filter(([kind]) => generatorCauses.has(kind) && !(kind in notReached))
    .map(
      ([kind, count]) => `${count} login${count === 1 ? "" : "s"} could not be tried because this machine ran ${kind}`,
    );
  return [...clients, ...logins];
}
