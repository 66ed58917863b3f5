import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import type { TlsSettings } from "../client/index.ts";
import {
  describeMachine,
  describePause,
  judge,
  PauseWatch,
  ProcessSeries,
  summaryFigures,
  type TargetUsage,
  type Threshold,
} from "../measure/index.ts";
import type { LoadResult, MetricSummary, ThresholdResult } from "../result/index.ts";
import type { CorrectedLatencies } from "./corrected-latencies.ts";
import { HttpTraffic, type TrafficPart } from "./http-traffic.ts";
import { loadAutocannon } from "./load-autocannon.ts";
import { requestKinds } from "./requests.ts";

/** How much load is made. */
export interface HttpLoadPlan {
  /** Requests per second, all kinds together. */
  readonly rate: number;
  readonly connections: number;
  readonly rampMs: number;
  readonly durationMs: number;
  /** Share of the rate for each kind of request; they add up to 1. */
  readonly mix: Readonly<Record<string, number>>;
}

/** What a run needs. */
export interface HttpLoadRun {
  readonly url: string;
  /** As whom to come over HTTPS. */
  readonly tls?: TlsSettings | undefined;
  readonly plan: HttpLoadPlan;
  readonly thresholds: readonly Threshold[];
  readonly run: LoadResult["run"];
  readonly tool: LoadResult["tool"];
  readonly target: LoadResult["target"];
  /** Sees what the target uses. */
  readonly targetUsage?: Pick<TargetUsage, "sample" | "describe"> | undefined;
  readonly interrupt: AbortSignal;
  /** Told once a second. */
  onProgress?(elapsedMs: number, answers: number): void;
}

/** The ramp goes up in at most so many steps of equal length, each of a second at least: autocannon knows no shorter. */
const MOST_RAMP_STEPS = 5;
/** A share of the asked rate below this means that the load was not the one that was asked for. */
const REACHED_SHARE = 0.95;
/** An event loop busier than this has no room left. */
const BUSY = 0.97;

/**
 * Runs the HTTP API under load with autocannon, and says what was found.
 * @throws CuppingError `usage` where autocannon is not installed
 */
export async function runHttpLoad(run: HttpLoadRun): Promise<LoadResult> {
  const { plan, thresholds } = run;
  const traffic = new HttpTraffic(await loadAutocannon(), run.url, `h${run.run.id.slice(0, 8)}`, run.tls);
  const stop = (): void => traffic.stop();
  run.interrupt.addEventListener("abort", stop, { once: true });
  const processes = new ProcessSeries(run.targetUsage);
  const pauses = new PauseWatch();
  const steps = Math.min(MOST_RAMP_STEPS, Math.floor(plan.rampMs / 1000));
  for (let step = 1; step <= steps; step++) {
    await traffic.send(partsOf(plan, step / (steps + 1)), plan.rampMs / steps, false);
  }
  const measuredFrom = traffic.elapsedMs;
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const [loop, cpu] = [performance.eventLoopUtilization(), process.cpuUsage()];
  const aborted = new Set<string>();
  const watch = setInterval(() => {
    run.onProgress?.(traffic.elapsedMs, traffic.answers);
    const seconds = (traffic.elapsedMs - measuredFrom) / 1000;
    for (const threshold of thresholds.filter(
      ({ abortOnFail, delayAbortMs }) => abortOnFail && seconds * 1000 >= delayAbortMs,
    )) {
      const judged = evaluate(threshold, traffic.latencies, seconds);
      if (judged.ok || judged.value === null) continue;
      aborted.add(threshold.expression);
      traffic.stop();
    }
  }, 1000);
  try {
    await traffic.send(partsOf(plan, 1), plan.durationMs, true);
  } finally {
    clearInterval(watch);
    processes.stop();
    pauses.stop();
    delay.disable();
    run.interrupt.removeEventListener("abort", stop);
  }
  const seconds = (traffic.elapsedMs - measuredFrom) / 1000;
  const utilization = performance.eventLoopUtilization(loop).utilization;
  const { user, system } = process.cpuUsage(cpu);
  const result = compose(run, traffic, seconds, aborted);
  const pauseMs = pauses.longest();
  const saturation = [
    ...(pauseMs === undefined ? [] : [describePause(pauseMs)]),
    ...(utilization > BUSY ? ["the generator was busy all the time: use a lower rate or fewer connections"] : []),
  ];
  const harness: LoadResult["harness"] = {
    workers: 1,
    cpu: Number(((user + system) / 1e6 / seconds).toFixed(3)),
    rssPeakBytes: process.resourceUsage().maxRSS * 1024,
    bytesPerClient: null,
    eventLoopDelayMs: Number((delay.percentile(99) / 1e6).toFixed(2)),
    saturated: saturation.length > 0,
    saturation,
    ...(pauseMs !== undefined && { limit: "machine" as const }),
  };
  const series = processes.addTo(result.series);
  const targetUsage = run.targetUsage?.describe();
  return {
    ...result,
    series,
    ...(targetUsage && { targetUsage }),
    harness,
    ...verdictOf(result, {
      saturation,
      stoodStill: pauseMs !== undefined,
      reached: traffic.measuredAnswers / seconds,
      asked: plan.rate,
    }),
  };
}

/** The parts of the traffic at a share of the full rate. */
function partsOf({ rate, connections, mix }: HttpLoadPlan, share: number): TrafficPart[] {
  return requestKinds.flatMap((kind) => {
    const part = mix[kind.name] ?? 0;
    if (part <= 0) return [];
    const partRate = Math.max(1, Math.round(rate * part * share));
    // autocannon gives each connection a whole number of requests per second, so there can be no more connections.
    return [{ kind, rate: partRate, connections: Math.max(1, Math.min(partRate, Math.round(connections * part))) }];
  });
}

function evaluate(
  threshold: Threshold,
  latencies: ReadonlyMap<string, CorrectedLatencies>,
  seconds: number,
): ThresholdResult {
  const found = latencies.get(threshold.metric);
  const judged = found ? judge(threshold, summaryFigures(summaryOf(found, seconds))) : { value: null, ok: false };
  return { expression: threshold.expression, ...judged };
}

function compose(
  run: HttpLoadRun,
  traffic: HttpTraffic,
  seconds: number,
  aborted: ReadonlySet<string>,
): Omit<LoadResult, "harness"> {
  const { plan } = run;
  const used = partsOf(plan, 1);
  const connections = used.reduce((sum, part) => sum + part.connections, 0);
  const failed = Object.values(traffic.errors).reduce((sum, count) => sum + count, 0);
  return {
    schemaVersion: 1,
    kind: "load",
    tool: run.tool,
    run: { ...run.run, durationMs: Math.round(traffic.elapsedMs), partial: run.interrupt.aborted },
    target: run.target,
    environment: describeMachine(),
    verdict: "pass",
    reasons: [],
    scenario: "http",
    model: "open",
    options: {
      measuredBy: "autocannon",
      rate: plan.rate,
      connections,
      rampMs: plan.rampMs,
      durationMs: plan.durationMs,
      mix: { ...plan.mix },
      limits: ["latencies are corrected for coordinated omission by the interval at which a connection was to send"],
    },
    clients: { requested: connections, peak: connections, failed: 0 },
    metrics: Object.fromEntries([...traffic.latencies].map(([metric, found]) => [metric, summaryOf(found, seconds)])),
    series: traffic.series(connections),
    seriesIntervalMs: 1000,
    checks: {
      answers: {
        checked: traffic.answers,
        violations: traffic.wrongAnswers,
        examples: traffic.wrong,
        title: "Every request is answered with success",
      },
    },
    thresholds: run.thresholds.map((threshold) => ({
      ...evaluate(threshold, traffic.latencies, seconds),
      ...(aborted.has(threshold.expression) && { aborted: true }),
    })),
    ...(failed > 0 && { errors: { ...traffic.errors } }),
    phases: [
      { name: "ramp", at: 0, durationMs: plan.rampMs },
      { name: "steady", at: plan.rampMs, durationMs: Math.round(seconds * 1000) },
    ],
  };
}

/** How the generator did. */
interface Course {
  /** Why it was the limit. */
  readonly saturation: readonly string[];
  /** Whether it did nothing for so long that the target may have given up on it, or is late by that. */
  readonly stoodStill: boolean;
  /** Requests answered per second, and those that were asked for. */
  readonly reached: number;
  readonly asked: number;
}

function verdictOf(
  result: Omit<LoadResult, "harness">,
  { saturation, stoodStill, reached, asked }: Course,
): Pick<LoadResult, "verdict" | "reasons"> {
  const wrong = result.checks["answers"]?.violations ?? 0;
  const violations = wrong > 0 ? [`${wrong} violation${wrong === 1 ? "" : "s"} of answers`] : [];
  const endedEarly = result.run.partial || result.thresholds.some(({ aborted }) => aborted);
  const slow =
    !endedEarly && reached < asked * REACHED_SHARE
      ? [`the target answered ${reached.toFixed(1)} requests per second of the ${asked} that were asked for`]
      : [];
  const crossed = result.thresholds
    .filter(({ ok }) => !ok)
    .map(
      ({ expression, value }) => `threshold ${expression} was crossed: it was ${value?.toFixed(3) ?? "not measured"}`,
    );
  const errors = Object.entries(result.errors ?? {}).map(([cause, count]) => `${count} requests failed: ${cause}`);
  // Wrong and missing answers are that however busy the generator was; figures are worth judging only when it was not.
  // Requests that failed while it stood still are nobody's fault.
  const failures = [...violations, ...(stoodStill ? [] : errors)];
  const later = [...(stoodStill ? errors : []), ...crossed, ...slow];
  if (failures.length > 0) return { verdict: "fail", reasons: [...failures, ...later, ...saturation] };
  if (saturation.length > 0) return { verdict: "invalid", reasons: [...saturation, ...later] };
  if (crossed.length + slow.length > 0) return { verdict: "fail", reasons: [...crossed, ...slow] };
  const measured = Object.keys(result.metrics).length > 0;
  return measured ? { verdict: "pass", reasons: [] } : { verdict: "invalid", reasons: ["nothing was measured"] };
}

function summaryOf({ histogram }: CorrectedLatencies, seconds: number): MetricSummary {
  const at = (percent: number): number | null => (histogram.count === 0 ? null : histogram.percentile(percent) / 1000);
  return {
    unit: "ms",
    count: histogram.count,
    rate: seconds > 0 ? histogram.count / seconds : 0,
    min: at(0),
    mean: histogram.count === 0 ? null : histogram.mean / 1000,
    p50: at(50),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    p999: at(99.9),
    max: at(100),
    ...(histogram.count > 0 && {
      histogram: { encoding: "hdr-v2-deflate-base64" as const, valuesPerUnit: 1000, data: histogram.encode().data },
    }),
  };
}
