import type { CaseResult, LoadRecord, LoadResult, Target, TraceEntry } from "../result/index.ts";
import type { Secrets } from "./secrets.ts";

/**
 * What came of a case, without the words of accounts. What the suite itself says stays as it is, so that a user named
 * "passed" changes no status; so do frames in hexadecimal, whose bytes were hidden before they were written down.
 */
export function hideInCase(one: CaseResult, secrets: Secrets): CaseResult {
  const { reason, expected, actual, legalOutcomes, remarks, steps, connections, trace } = one;
  return {
    ...one,
    ...secrets.hideIn({
      ...(reason !== undefined && { reason }),
      ...(expected !== undefined && { expected }),
      ...(actual !== undefined && { actual }),
      ...(legalOutcomes && { legalOutcomes }),
      ...(remarks && { remarks }),
      ...(steps && { steps }),
    }),
    ...(connections && {
      connections: connections.map(({ transport, ...rest }) => ({
        ...secrets.hideIn(rest),
        ...(transport && { transport }),
      })),
    }),
    trace: trace.map((entry) => hideInEntry(entry, secrets)),
  };
}

function hideInEntry(entry: TraceEntry, secrets: Secrets): TraceEntry {
  if (entry.direction === "event") {
    const { connection, text } = entry;
    return { ...entry, ...secrets.hideIn({ connection, text }) };
  }
  const { connection, message, error } = entry;
  return { ...entry, ...secrets.hideIn({ connection, message, ...(error !== undefined && { error }) }) };
}

/** What came of a load, without the words of accounts: its figures and what the scenario says of itself stay. */
export function hideInLoad(result: LoadResult, secrets: Secrets): LoadResult {
  const { clients, checks, errors, series, slice } = result;
  const hideNames = (counts: Record<string, number>): Record<string, number> =>
    Object.fromEntries(Object.entries(counts).map(([cause, count]) => [secrets.hideInText(cause), count]));
  return {
    ...result,
    target: hideInTarget(result.target, secrets),
    reasons: secrets.hideIn(result.reasons),
    clients: { ...clients, ...(clients.failures && { failures: hideNames(clients.failures) }) },
    checks: hideInChecks(checks, secrets),
    ...(errors && { errors: hideNames(errors) }),
    series: series.map((point) => (point.errors ? { ...point, errors: hideNames(point.errors) } : point)),
    ...(slice && { slice: { ...slice, figures: hideInFigures(slice.figures, secrets, hideNames) } }),
  };
}

function hideInChecks(checks: LoadResult["checks"], secrets: Secrets): LoadResult["checks"] {
  return Object.fromEntries(
    Object.entries(checks).map(([name, check]) => [name, { ...check, examples: secrets.hideIn(check.examples) }]),
  );
}

/** The record of a slice says the same once more. */
function hideInFigures(
  figures: LoadRecord,
  secrets: Secrets,
  hideNames: (counts: Record<string, number>) => Record<string, number>,
): LoadRecord {
  const { errors, notReached, lost, seconds, checks, targetGone } = figures;
  return {
    ...figures,
    errors: hideNames(errors),
    notReached: hideNames(notReached),
    lost: hideNames(lost),
    seconds: seconds.map((second) => (second.errors ? { ...second, errors: hideNames(second.errors) } : second)),
    checks: hideInChecks(checks, secrets),
    ...(targetGone !== undefined && { targetGone: secrets.hideInText(targetGone) }),
  };
}

/** What is known of the target: its log may name users. */
export function hideInTarget(target: Target, secrets: Secrets): Target {
  return target.logTail ? { ...target, logTail: secrets.hideIn(target.logTail) } : target;
}
