import type { Threshold } from "../measure/index.ts";
import { NOTICED_PAUSE_MS } from "../measure/index.ts";
import type { LoadResult, MergedSlices, SliceRecord } from "../result/index.ts";
import type { LoadFindings } from "./coordinator.ts";
import { doubtedThresholds } from "./doubted-thresholds.ts";
import { neededSamples } from "./few-samples.ts";
import type { LoadPlan } from "./plan.ts";
import type { Scenario } from "./scenario.ts";
import { slowLogins } from "./slow-logins.ts";
import { judge } from "./verdict.ts";

/** What the result says about a run beside what was found. */
export interface ResultContext {
  tool: LoadResult["tool"];
  runId: string;
  startedAt: string;
  command: string;
  label: string | undefined;
  target: LoadResult["target"];
  environment: LoadResult["environment"];
  scenario: ScenarioTraits;
  plan: ResultPlan;
  /** How many clients were to come up: those of the plan, or of one slice of it. */
  clients: number;
  thresholds: readonly Threshold[];
  targetUsage: LoadResult["targetUsage"];
  /** Why this is not the load that was asked for, one sentence each; empty where it is. */
  notWhole: readonly string[];
  slice?: SliceRecord;
  slices?: MergedSlices;
}

/** What a result must know of a scenario. */
export interface ScenarioTraits {
  name: string;
  startsOffline: boolean;
  /** Whether there are arrivals. */
  acts: boolean;
}

/** What a result must know of a plan. */
export type ResultPlan = Omit<LoadPlan, "scenarioUrl" | "run" | "target">;

/** What of a scenario decides how a result of it is judged. */
export function traitsOf({ name, startsOffline, act }: Scenario): ScenarioTraits {
  return { name, startsOffline: startsOffline ?? false, acts: act !== undefined };
}

/** Latencies by how much they say about a target; the first that a run has is its main one. */
const mainMetrics = ["msg_e2e", "fanout", "msg_ack", "history", "sessions", "login"];

/** The result of a run, verdict included. */
export function composeResult(findings: LoadFindings, context: ResultContext): LoadResult {
  const { plan, scenario } = context;
  const { totals } = findings;
  const main = mainMetrics.map((metric) => totals.latency(metric)).find((histogram) => histogram?.count);
  const met = findings.saturation.judge(main && main.percentile(99) / 1000, findings.machine);
  const missedHeartbeats = pauseThatCost(findings, plan);
  const doubted = doubtedThresholds(context.thresholds, findings.thresholds, findings);
  // The same pause may be told by both.
  const limits = [
    ...new Set([
      ...(missedHeartbeats === undefined ? [] : [missedHeartbeats]),
      ...(met?.reasons ?? []),
      ...doubted.map(({ reason }) => reason),
    ]),
  ];
  const saturation = [...limits, ...findings.connectionTable.reasons];
  const checks = findings.violations.summaries();
  const metrics = totals.summaries(findings.measuredMs / 1000);
  const { verdict, reasons } = judge({
    violations: Object.fromEntries(Object.entries(checks).map(([name, check]) => [name, check.violations])),
    targetGone: findings.targetGone,
    thresholds: findings.thresholds.filter((threshold) => !doubted.some(({ result }) => result === threshold)),
    notWhole: context.notWhole,
    clientsRequested: context.clients,
    notReached: findings.notReached,
    lost: findings.lost,
    errors: totals.errors,
    slowLogins: scenario.startsOffline ? slowLogins(metrics["login"], context.clients) : undefined,
    unaudited: findings.unaudited,
    saturation: limits,
    stoodStill: findings.saturation.pause() !== undefined || missedHeartbeats !== undefined,
    connectionTable: findings.connectionTable.reasons,
    tooFewSamples: describeTooFew(findings, context.thresholds),
    hasSamples: hasTraffic(findings, scenario),
    partial: findings.interrupted,
  });
  const failures = { ...findings.notReached, ...prefixed("lost: ", findings.lost) };
  return {
    schemaVersion: 1,
    kind: "load",
    tool: context.tool,
    run: {
      id: context.runId,
      seed: plan.seed,
      startedAt: context.startedAt,
      durationMs: Math.round(findings.durationMs),
      command: context.command,
      partial: findings.interrupted,
      ...(context.label !== undefined && { label: context.label }),
    },
    target: context.target,
    environment: context.environment,
    verdict,
    reasons,
    scenario: scenario.name,
    model: plan.model,
    options: describePlan(context),
    clients: {
      requested: context.clients,
      peak: findings.clientsPeak,
      failed: Object.values(failures).reduce((sum, count) => sum + count, 0),
      failures,
    },
    metrics,
    series: findings.series.points,
    seriesIntervalMs: 1000,
    ...(context.targetUsage && { targetUsage: context.targetUsage }),
    checks,
    thresholds: findings.thresholds,
    harness: {
      workers: plan.workers,
      rssPeakBytes: findings.rssPeakBytes,
      bytesPerClient: findings.bytesPerClient,
      saturated: saturation.length > 0,
      saturation,
      ...(saturation.length > 0 && { limit: met?.limit ?? "machine" }),
      ...findings.saturation.usage(findings.measuredMs),
      ...(findings.machine && { machine: findings.machine }),
    },
    errors: totals.errors,
    phases: findings.phases,
    ...(context.slice && { slice: context.slice }),
    ...(context.slices && { slices: context.slices }),
  };
}

/**
 * That the generator stood still for so long that it sent no heartbeats, where clients lost their connection: the target
 * may have given up on them. One sentence; undefined when nothing came of it.
 */
function pauseThatCost({ saturation, lost, targetGone }: LoadFindings, plan: ResultPlan): string | undefined {
  if (targetGone === undefined && Object.keys(lost).length === 0) return undefined;
  return saturation.pause(Math.min(plan.heartbeatMs, NOTICED_PAUSE_MS));
}

/** Whether the scenario's own work shows in the figures; coming up alone is no traffic, unless it is the scenario. */
function hasTraffic({ totals }: LoadFindings, scenario: ScenarioTraits): boolean {
  if (scenario.startsOffline || !scenario.acts) return totals.metricNames.length > 0;
  return totals.metricNames.some((name) => name !== "connect" && name !== "login");
}

/** A percentile needs enough samples beyond it, or it is the luck of one or two messages. */
function describeTooFew(findings: LoadFindings, thresholds: readonly Threshold[]): string[] {
  return thresholds.flatMap((threshold) => {
    const { metric, expression } = threshold;
    const count = findings.totals.latency(metric)?.count ?? 0;
    const needed = neededSamples(threshold);
    if (needed === undefined || count >= needed) return [];
    return [
      `threshold ${expression} rests on ${count} samples; it needs at least ${needed}: run longer or at a higher rate`,
    ];
  });
}

function describePlan({ plan, slice }: ResultContext): NonNullable<LoadResult["options"]> {
  const { model, clients, workers, stages, spacing, thinkMs, rampMs, warmupMs, durationMs, drainMs } = plan;
  const stagesText = stages.map((stage) => ({ ...stage }));
  return {
    clients,
    workers,
    ...(slice && { slice: `${slice.index}/${slice.of}` }),
    ...(model === "open" ? { stages: stagesText, arrivals: spacing } : { thinkMs }),
    rampMs,
    warmupMs,
    durationMs,
    drainMs,
    payloadBytes: plan.payloadBytes,
    ...(plan.payloadText !== "plain" && { payloadText: plan.payloadText }),
    heartbeatMs: plan.heartbeatMs,
    ...plan.options,
  };
}

function prefixed(prefix: string, causes: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(causes).map(([cause, count]) => [prefix + cause, count]));
}
