import { createHash } from "node:crypto";
import { toUnixMillis } from "../measure/index.ts";
import type { CheckSummary, JsonValue, LoadRecord, SlicedPlan, SliceRecord } from "../result/index.ts";
import type { RunFindings } from "./coordinator.ts";
import type { Slice, UserRange } from "./slice.ts";

/** What a slice says of itself beside what it found. */
export interface RecordedSlice {
  slice: Slice;
  users: UserRange;
  plan: SlicedPlan;
  workers: number;
}

/** Makes the record of a slice, from which a merge makes the whole. */
export function recordSlice(findings: RunFindings, { slice, users, plan, workers }: RecordedSlice): SliceRecord {
  const begunAt = toUnixMillis(findings.begunMicros);
  const trafficAt = findings.trafficMicros === undefined ? undefined : toUnixMillis(findings.trafficMicros);
  return {
    index: slice.index,
    of: slice.of,
    users: { ...users },
    plan,
    planHash: hashOfPlan(plan),
    begunAt: isoTime(begunAt),
    ...(slice.startAt !== undefined && { lateMs: Math.max(0, Math.round(begunAt - slice.startAt)) }),
    ...(trafficAt !== undefined && { trafficAt: isoTime(trafficAt) }),
    ...(findings.trafficLateMs !== undefined && { trafficLateMs: Math.round(findings.trafficLateMs) }),
    ...(findings.clock && { clock: findings.clock }),
    figures: recordFigures(findings, workers),
  };
}

/** The same for the same plan, whatever the order of its parts. */
export function hashOfPlan(plan: SlicedPlan): string {
  return createHash("sha256")
    .update(JSON.stringify(inOrder({ ...plan } as unknown as JsonValue)))
    .digest("hex");
}

function inOrder(value: JsonValue): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, inOrder(value[name] as JsonValue)]));
}

function recordFigures(findings: RunFindings, workers: number): LoadRecord {
  const { totals, startMicros, saturation, comingUp, connectionTable, violations, machine, targetGone } = findings;
  const { spans = {}, ...figures } = totals.record();
  const sinceStart = Object.entries(spans).map(
    ([name, [from, to]]) => [name, [from - startMicros, to - startMicros]] as const,
  );
  return {
    ...figures,
    counts: counted(figures.counts),
    measuredCounts: counted(figures.measuredCounts),
    spans: Object.fromEntries(sinceStart) as LoadRecord["spans"],
    seconds: findings.seconds,
    checks: violations.summaries() as Record<string, CheckSummary>,
    notReached: findings.notReached,
    lost: findings.lost,
    addresses: findings.addresses,
    unaudited: findings.unaudited,
    ...(targetGone !== undefined && { targetGone }),
    saturation: saturation.record(),
    comingUp: [...comingUp.intervals],
    connectionTable: connectionTable.reasons,
    ...(machine && { machine }),
    phases: findings.phases,
    clientsPeak: findings.clientsPeak,
    rssPeakBytes: findings.rssPeakBytes,
    bytesPerClient: findings.bytesPerClient,
    workers,
    measuredMs: findings.measuredMs,
    durationMs: findings.durationMs,
  };
}

function counted(counts: Partial<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count ?? 0]));
}

function isoTime(millis: number): string {
  return new Date(Math.round(millis)).toISOString();
}
