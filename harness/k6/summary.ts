import { checkTitles } from "../check/violations.ts";
import { type Figures, judge } from "../measure/judge-threshold.ts";
import { alwaysMeasured, latencyMetrics } from "../measure/metrics.ts";
import { parseThreshold, readThreshold } from "../measure/threshold.ts";
import type { LoadResult, MetricSummary, ThresholdResult } from "../result/index.ts";
import { type K6CheckName, k6CheckNames } from "./check-names.ts";
import type { K6Settings } from "./settings.ts";
import { isForK6 } from "./thresholds.ts";

/** What k6 hands to `handleSummary`, as far as it is used here. */
export interface K6Summary {
  readonly state: { readonly testRunDurationMs: number };
  readonly metrics: Readonly<Record<string, K6Metric>>;
}

/** One metric in k6's summary. */
export interface K6Metric {
  readonly type: string;
  readonly values: Readonly<Record<string, number>>;
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>;
}

/** What a scenario says about itself. */
export interface K6ScenarioFacts {
  readonly name: string;
  /** Users of the target for each virtual user of k6. */
  readonly usersPerVu: number;
  /** Whether a user keeps its connection for the whole run. */
  readonly keepsConnection: boolean;
}

/** Figures that k6 must compute for its trends, beside the average: `options.summaryTrendStats` of every scenario. */
export const summaryTrendStats: string[] = ["avg", "min", "med", "max", "p(90)", "p(95)", "p(99)", "p(99.9)", "count"];

/** What a reader must know of every run that k6 made; it stands in the result's options. */
export const k6Limits: readonly string[] = [
  "k6 drops an iteration for which no virtual user is free instead of starting it late; a run with a dropped iteration is invalid",
  "k6's summary has percentiles, not histograms: figures of several k6 instances cannot be merged from it",
];

/** The result of a run, from what k6 says at its end. */
export function composeK6Result(summary: K6Summary, settings: K6Settings, scenario: K6ScenarioFacts): LoadResult {
  const { context } = settings;
  const { metrics, state } = summary;
  const durationMs = state.testRunDurationMs;
  const count = (name: string): number => metrics[name]?.values["count"] ?? 0;
  // One instance of a distributed run has a share of the virtual users, and makes the same share of the rate.
  const vus = metrics["vus_max"]?.values["max"] ?? settings.vus;
  const requested = vus * scenario.usersPerVu;
  const thresholds = [
    ...thresholdsOfK6(metrics),
    ...thresholdsBesideK6(settings.thresholds, (name) =>
      figuresOf(metrics[name], measuredSeconds(name, durationMs, settings.durationMs)),
    ),
  ];
  const checks = checkSummaries(count);
  const latencies = latencySummaries(metrics, (name) => measuredSeconds(name, durationMs, settings.durationMs));
  const saturation = [...describeDropped(count("dropped_iterations")), ...describeLateness(metrics, latencies)];
  const secure = settings.url.startsWith("wss:");
  const failed = count("clients_failed");
  const brokenOff = count("iterations_failed");
  const result: LoadResult = {
    schemaVersion: 1,
    kind: "load",
    tool: { ...context.tool },
    run: {
      id: settings.run,
      seed: 0,
      startedAt: new Date(Date.now() - durationMs).toISOString(),
      durationMs: Math.round(durationMs),
      command: `k6 run ${scenario.name}`,
      partial: false,
      ...context.run,
    },
    target: {
      url: settings.url,
      transport: secure ? "wss" : "ws",
      http: settings.http,
      startedBy: "external",
      ...context.target,
    },
    environment: context.environment,
    verdict: "pass",
    reasons: [],
    scenario: scenario.name,
    model: "open",
    options: {
      measuredBy: "k6",
      vus,
      usersPerVu: scenario.usersPerVu,
      rate: (settings.rate * vus) / settings.vus,
      durationMs: settings.durationMs,
      payloadBytes: settings.payloadBytes,
      limits: [...k6Limits],
    },
    clients: {
      requested,
      peak: Math.min(requested, scenario.keepsConnection ? count("logins") : vus),
      failed,
      ...(failed > 0 && { failures: { "could not connect or log in": failed } }),
    },
    metrics: latencies,
    series: [],
    checks,
    thresholds,
    ...(brokenOff > 0 && { errors: { [BROKEN_OFF]: brokenOff } }),
    harness: {
      workers: 1,
      cpu: 0,
      rssPeakBytes: 0,
      bytesPerClient: null,
      eventLoopDelayMs: 0,
      saturated: saturation.length > 0,
      saturation,
      ...(metrics["send_lateness"] && { maxLateMs: metrics["send_lateness"].values["max"] ?? 0 }),
    },
  };
  return { ...result, ...judgeK6(result) };
}

/** Name of the error that an iteration ended with an exception. */
const BROKEN_OFF = "iterations that ended with an error";

function describeDropped(dropped: number): string[] {
  if (dropped === 0) return [];
  return [`k6 dropped ${dropped} iterations because no virtual user was free: use more virtual users or a lower rate`];
}

/** Lateness below this is the grain of timers and of a shared machine, milliseconds at the 99th percentile. */
const TOLERATED_LATENESS_MS = 25;
/** Above it, the share of a measured latency that may be k6's own doing. */
const TOLERATED_SHARE = 0.25;

/** The same limits as for the load engine: figures that are the generator's own doing say nothing of the target. */
function describeLateness(metrics: K6Summary["metrics"], latencies: LoadResult["metrics"]): string[] {
  const late = metrics["send_lateness"]?.values["p(99)"] ?? 0;
  const main = latencies["msg_e2e"] ?? latencies["fanout"] ?? latencies["msg_ack"];
  const tolerated = Math.max(TOLERATED_LATENESS_MS, TOLERATED_SHARE * (main?.p99 ?? 0));
  if (late <= tolerated) return [];
  return [
    `1% of the messages left more than ${late.toFixed(1)} ms after their intended time because of k6 itself ` +
      `(tolerated: ${tolerated.toFixed(1)} ms): use more cores or pods, or a lower rate`,
  ];
}

/** The verdict by the same order as the load engine's: wrong answers, then the generator's limits, then thresholds. */
export function judgeK6(result: LoadResult): Pick<LoadResult, "verdict" | "reasons"> {
  const violations = Object.entries(result.checks)
    .filter(([, check]) => check.violations > 0)
    .map(([name, check]) => `${check.violations} violation${check.violations === 1 ? "" : "s"} of ${name}`);
  const invalid = [...(result.harness.saturation ?? [])];
  const crossed = result.thresholds
    .filter(({ ok, expression }) => !ok && !/^(violations|checks|dropped_iterations):/.test(expression))
    .map(({ expression, value }) => `threshold ${expression} was crossed: it was ${value ?? "not measured"}`);
  const failed = result.clients.failed;
  const brokenOff = result.errors?.[BROKEN_OFF] ?? 0;
  const lost = [
    ...(failed > 0 ? [`${failed} logins failed, of ${result.clients.requested} users`] : []),
    ...(brokenOff > 0 ? [`${brokenOff} iterations ended with an error; k6's log has the reasons`] : []),
  ];
  if (violations.length > 0) return { verdict: "fail", reasons: [...violations, ...crossed, ...lost, ...invalid] };
  if (invalid.length > 0) return { verdict: "invalid", reasons: [...invalid, ...crossed, ...lost] };
  if (crossed.length + lost.length > 0) return { verdict: "fail", reasons: [...crossed, ...lost] };
  const measured = Object.values(result.metrics).some(({ count }) => count > 0);
  return measured ? { verdict: "pass", reasons: [] } : { verdict: "invalid", reasons: ["nothing was measured"] };
}

/**
 * The time over which a metric was measured, for its rate: connections and logins are made in the ramp too, everything
 * else in the measured time only.
 */
export function measuredSeconds(metric: string, wholeMs: number, measuredMs: number): number {
  return (alwaysMeasured.has(metric) ? wholeMs : Math.min(wholeMs, measuredMs)) / 1000;
}

function latencySummaries(
  metrics: K6Summary["metrics"],
  secondsOf: (name: string) => number,
): Record<string, MetricSummary> {
  const summaries: Record<string, MetricSummary> = {};
  for (const name of Object.keys(latencyMetrics)) {
    const values = metrics[name]?.values;
    const count = values?.["count"] ?? 0;
    if (!values || count === 0) continue;
    const seconds = secondsOf(name);
    const figure = (key: string): number | null => values[key] ?? null;
    summaries[name] = {
      unit: "ms",
      count,
      rate: seconds > 0 ? count / seconds : 0,
      min: figure("min"),
      mean: figure("avg"),
      p50: figure("med"),
      p90: figure("p(90)"),
      p95: figure("p(95)"),
      p99: figure("p(99)"),
      p999: figure("p(99.9)"),
      max: figure("max"),
    };
  }
  return summaries;
}

function checkSummaries(count: (metric: string) => number): LoadResult["checks"] {
  const checkOf = (name: K6CheckName): LoadResult["checks"][string] => ({
    checked: count(`${name}_checked`),
    violations: count(`${name}_violations`),
    examples: [],
    title: checkTitles[name],
  });
  const used = k6CheckNames.filter((name) => count(`${name}_checked`) + count(`${name}_violations`) > 0);
  return Object.fromEntries(used.map((name) => [name, checkOf(name)]));
}

/** What became of the thresholds that k6 knew: judged on its figures where they tell, as k6 itself did where they do not. */
function thresholdsOfK6(metrics: K6Summary["metrics"]): ThresholdResult[] {
  return Object.entries(metrics).flatMap(([name, metric]) =>
    Object.entries(metric.thresholds ?? {}).map(([condition, { ok }]) => {
      const expression = `${name}: ${condition}`;
      const read = readThreshold(expression);
      const figures = figuresOf(metric);
      const judged = read && judge(read.condition, figures);
      if (judged && judged.value !== null) return { expression, ...judged };
      const isUnmeasured = metric.type === "trend" && figures.count === 0;
      return { expression, value: null, ok: ok && !isUnmeasured };
    }),
  );
}

function thresholdsBesideK6(texts: readonly string[], figuresFor: (metric: string) => Figures): ThresholdResult[] {
  return texts
    .map(parseThreshold)
    .filter((threshold) => !isForK6(threshold))
    .map((threshold) => ({ expression: threshold.expression, ...judge(threshold, figuresFor(threshold.metric)) }));
}

/** @param seconds over which a latency was measured, for its rate */
function figuresOf(metric: K6Metric | undefined, seconds: number = 0): Figures {
  const { type = "trend", values = {} } = metric ?? {};
  if (type !== "trend") {
    const { count = null, rate = null, passes, fails } = values;
    const isRateOfNothing = passes !== undefined && fails !== undefined && passes + fails === 0;
    return { count, rate: isRateOfNothing ? null : rate, min: null, mean: null, max: null, percentile: () => null };
  }
  const count = values["count"] ?? 0;
  const value = (key: string): number | null => (count === 0 ? null : (values[key] ?? null));
  return {
    count,
    rate: seconds > 0 ? count / seconds : null,
    min: value("min"),
    mean: value("avg"),
    max: value("max"),
    percentile: (percent) => value(percent === 50 ? "med" : `p(${percent})`),
  };
}
