import type { ConformanceResult, FaultRecord, LoadResult, Result } from "../harness/result/index.ts";
import { counted, formatCount, formatLatency, formatNumber } from "./numbers.ts";
import { type Outcome, outcomeOf, weightOf } from "./run-outcome.ts";

/** One of the three figures that stand on the first screen. */
export interface Figure {
  label: string;
  value: string;
  /** What puts the value in proportion. */
  note: string;
  /** Draws the eye: the figure is the reason for a failure. */
  bad?: boolean;
}

/** The answer at a glance. */
export interface Headline {
  /** What was run against what, e.g. `Conformance of coffeechat-go 0.9.1`. */
  subject: string;
  outcome: Outcome;
  /** The outcome in one sentence. */
  sentence: string;
  figures: Figure[];
}

/** The verdict and the three figures that matter. */
export function headlineOf(result: Result): Headline {
  if (result.kind === "load") return ofLoad(result);
  return result.faults === undefined ? ofConformance(result) : ofFaults(result, result.faults);
}

/** What the target is called: its name and version, else its address. */
export function targetName({ target, run }: Result): string {
  if (run.label !== undefined) return run.label;
  if (target.name === undefined) return target.startedBy === "ref" ? "the reference server" : target.url;
  return target.version === undefined ? target.name : `${target.name} ${target.version}`;
}

function ofConformance(result: ConformanceResult): Headline {
  const { summary } = result;
  const { failed, errored } = summary;
  const applicable = summary.total - summary.notApplicable;
  return {
    subject: `Conformance of ${targetName(result)}`,
    outcome: outcomeOf(result),
    sentence: sentenceOf(result, whenSuitePassed(result)),
    figures: [
      {
        label: "Failed",
        value: formatCount(failed),
        note: [
          ...(summary.warned > 0 ? [counted(summary.warned, "warning")] : []),
          ...(summary.knownFailing > 0 ? [`${formatCount(summary.knownFailing)} known`] : []),
          ...(summary.flaky > 0 ? [`${formatCount(summary.flaky)} flaky`] : []),
        ].join(", "),
        bad: failed > 0,
      },
      { label: "Passed", value: formatCount(summary.passed), note: `of ${formatCount(applicable)} that apply` },
      {
        label: "Not judged",
        value: formatCount(errored + summary.couldNotRun + summary.interrupted + summary.notApplicable),
        note: [
          ...(errored > 0 ? [`${formatCount(errored)} errored`] : []),
          `${formatCount(summary.couldNotRun)} could not run`,
          ...(summary.interrupted > 0 ? [`${formatCount(summary.interrupted)} interrupted`] : []),
          `${formatCount(summary.notApplicable)} not claimed`,
        ].join(", "),
        bad:
          result.cases.some((one) => one.status === "couldNotRun" && weightOf(one, result) === "error") ||
          errored + summary.interrupted > 0,
      },
    ],
  };
}

/** @param faults those of the run */
function ofFaults(result: ConformanceResult, faults: readonly FaultRecord[]): Headline {
  const { summary } = result;
  const inflicted = faults.filter(({ course }) => course !== undefined);
  const leftOut = faults.filter(({ name }) =>
    result.cases.some(({ id, status }) => status === "notApplicable" && id.startsWith(`${name}/`)),
  ).length;
  const unknown = summary.errored + summary.couldNotRun + summary.interrupted;
  const sent = inflicted.reduce((sum, { course }) => sum + (course?.sent ?? 0), 0);
  return {
    subject: `Faults on ${targetName(result)}`,
    outcome: outcomeOf(result),
    sentence: sentenceOf(result, `Every guarantee was kept through ${counted(inflicted.length, "fault")}.`),
    figures: [
      {
        label: "Guarantees broken",
        value: formatCount(summary.failed),
        note: `${formatCount(summary.passed)} kept`,
        bad: summary.failed > 0,
      },
      {
        label: "Faults inflicted",
        value: formatCount(inflicted.length),
        note: [`of ${formatCount(faults.length)}`, ...(leftOut > 0 ? [`${formatCount(leftOut)} left out`] : [])].join(
          ", ",
        ),
        bad: inflicted.length + leftOut < faults.length,
      },
      {
        label: "Not known",
        value: formatCount(unknown),
        note: `of ${counted(summary.total - summary.notApplicable, "guarantee")}, ${counted(sent, "message")} sent`,
        bad: unknown > 0,
      },
    ],
  };
}

/** What a suite says for itself that passed: nothing is called passed that was only tolerated. */
function whenSuitePassed({ summary, cases }: ConformanceResult): string {
  const applicable = summary.total - summary.notApplicable;
  if (summary.passed === applicable) return `All ${counted(applicable, "case")} that apply were run and none failed.`;
  const listed = cases.filter((one) => one.listed === true).length;
  const parts: [number, string][] = [
    [summary.warned, "warned"],
    [summary.knownFailing, "failed as listed"],
    [summary.flaky, "failed and are listed as flaky"],
    [listed, "could not run, as listed"],
    [summary.couldNotRun - listed, "could not run, as allowed"],
  ];
  const told = parts.filter(([count]) => count > 0).map(([count, what]) => `${formatCount(count)} ${what}`);
  return `${[`${formatCount(summary.passed)} passed`, ...told].join(", ")}.`;
}

/** The latency that speaks for the whole run: what the receiving user feels, else the next best. */
const leadingMetrics = ["msg_e2e", "fanout", "msg_ack", "read_notify", "history", "sessions", "login", "connect"];

/** The metric that speaks for the whole run, when anything was measured. */
export function leadingMetric(result: Pick<LoadResult, "metrics">): string | undefined {
  const measured = Object.keys(result.metrics).filter((name) => (result.metrics[name]?.count ?? 0) > 0);
  return leadingMetrics.find((name) => measured.includes(name)) ?? measured[0];
}

function ofLoad(result: LoadResult): Headline {
  const name = leadingMetric(result);
  const metric = name === undefined ? undefined : result.metrics[name];
  const checks = Object.values(result.checks);
  const violations = checks.reduce((sum, check) => sum + check.violations, 0);
  const checked = checks.reduce((sum, check) => sum + check.checked, 0);
  const { clients } = result;
  return {
    subject: `Load ${result.scenario} on ${targetName(result)}`,
    outcome: outcomeOf(result),
    sentence: sentenceOf(
      result,
      result.thresholds.length > 0
        ? "Every threshold was met and every check held."
        : "Every check held; no threshold was set.",
    ),
    figures: [
      {
        label: `${name === undefined ? "Latency" : metricTitle(name)}, p99`,
        value: metric === undefined ? "–" : formatLatency(metric.p99),
        note:
          metric === undefined
            ? "nothing measured"
            : `median ${formatLatency(metric.p50)}, longest ${formatLatency(metric.max)}`,
        bad: name !== undefined && result.thresholds.some(({ ok, expression }) => !ok && expression.startsWith(name)),
      },
      {
        label: "Throughput",
        value: `${formatNumber(metric?.rate ?? 0)}/s`,
        note: `${formatCount(clients.peak)} of ${counted(clients.requested, "client")}`,
        bad: clients.failed > clients.requested / 100,
      },
      {
        label: "Violations",
        value: formatCount(violations),
        note: `${formatCount(checked)} facts checked`,
        bad: violations > 0,
      },
    ],
  };
}

function sentenceOf(result: Result, whenPassed: string): string {
  const [first] = result.reasons;
  const outcome = outcomeOf(result);
  // Beside the word "Interrupted" a reason is enough.
  const isTold = outcome === "interrupted" && first !== undefined;
  const partial =
    result.run.partial && !isTold ? " The run was interrupted; the figures cover what happened until then." : "";
  if (first !== undefined) return `${asSentence(first)}${partial}`;
  const plain: Record<Outcome, string> = {
    pass: whenPassed,
    fail: "The target failed.",
    invalid: "Nothing may be concluded about the target.",
    interrupted: "Nothing was found wrong until then.",
  };
  return plain[outcome] + partial;
}

function asSentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

const metricTitles: Record<string, string> = {
  connect: "Connect",
  login: "Login",
  msg_ack: "Acknowledgement",
  msg_e2e: "Delivery",
  fanout: "Fan-out delivery",
  history: "History page",
  sessions: "Session list",
  read_notify: "Read receipt",
};

/** What a metric measures, in words: `Delivery` for `msg_e2e`. */
export function metricTitle(name: string): string {
  return metricTitles[name] ?? name;
}
