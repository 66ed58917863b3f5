import type { ConformanceResult, FaultRecord, LoadResult, Result } from "../harness/result/index.ts";
import { formatCount, formatLatency, formatNumber } from "./numbers.ts";
import { type Outcome, outcomeOf, weightOf } from "./run-outcome.ts";
import { faultHeadline } from "./words/faults.ts";
import {
  figureWords,
  metricTitles,
  plainSentences,
  referenceServer,
  sentences,
  subjects,
  tallies,
  uncheckedCertificate,
} from "./words/headlines.ts";
import { asIs, asSentence, inARow, listed, type Phrase } from "./words/phrase.ts";
import { reasonPhrase } from "./words/reasons.ts";

/** One of the three figures that stand on the first screen. */
export interface Figure {
  label: Phrase;
  value: string;
  /** What puts the value in proportion. */
  note: Phrase;
  /** Draws the eye: the figure is the reason for a failure. */
  bad?: boolean;
}

/** The answer at a glance. */
export interface Headline {
  /** What was run against what, e.g. `Conformance of coffeechat-go 0.9.1`. */
  subject: Phrase;
  outcome: Outcome;
  /** The outcome in one sentence. */
  sentence: Phrase;
  figures: Figure[];
}

/** The verdict and the three figures that matter. */
export function headlineOf(result: Result): Headline {
  if (result.kind === "load") return ofLoad(result);
  return result.faults === undefined ? ofConformance(result) : ofFaults(result, result.faults);
}

/** What the target is called: its name and version, else its address. */
export function targetName(result: Result): string {
  return targetPhrase(result).en;
}

/** The same for people. */
export function targetPhrase({ target, run }: Result): Phrase {
  if (run.label !== undefined) return asIs(run.label);
  const name = [target.name, target.version].filter((part) => part !== undefined).join(" ");
  if (target.startedBy === "ref") return name === "" ? referenceServer : { en: name, zh: referenceServer.zh };
  return asIs(target.name === undefined ? target.url : name);
}

/** What a report is about: figures of a server that nobody can be sure of are told as such. */
function subjectOf(result: Result): Phrase {
  const target = targetPhrase(result);
  return result.target.certificate === "unchecked" ? uncheckedCertificate(target) : target;
}

function ofConformance(result: ConformanceResult): Headline {
  const { summary } = result;
  const { failed, errored } = summary;
  const applicable = summary.total - summary.notApplicable;
  return {
    subject: subjects.conformance(subjectOf(result)),
    outcome: outcomeOf(result),
    sentence: sentenceOf(result, whenSuitePassed(result)),
    figures: [
      {
        label: figureWords.failed,
        value: formatCount(failed),
        note: told([
          [summary.warned, tallies.warnings],
          [summary.knownFailing, tallies.known],
          [summary.flaky, tallies.flaky],
        ]),
        bad: failed > 0,
      },
      { label: figureWords.passed, value: formatCount(summary.passed), note: figureWords.ofApplying(applicable) },
      {
        label: figureWords.notJudged,
        value: formatCount(errored + summary.couldNotRun + summary.interrupted + summary.notApplicable),
        note: listed([
          ...(errored > 0 ? [tallies.errored(errored)] : []),
          tallies.couldNotRun(summary.couldNotRun),
          ...(summary.interrupted > 0 ? [tallies.interrupted(summary.interrupted)] : []),
          tallies.notClaimed(summary.notApplicable),
        ]),
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
    subject: faultHeadline.subject(subjectOf(result)),
    outcome: outcomeOf(result),
    sentence: sentenceOf(result, faultHeadline.allKept(inflicted.length)),
    figures: [
      {
        label: faultHeadline.broken,
        value: formatCount(summary.failed),
        note: faultHeadline.kept(summary.passed),
        bad: summary.failed > 0,
      },
      {
        label: faultHeadline.inflicted,
        value: formatCount(inflicted.length),
        note: listed([faultHeadline.ofFaults(faults.length), ...(leftOut > 0 ? [faultHeadline.leftOut(leftOut)] : [])]),
        bad: inflicted.length + leftOut < faults.length,
      },
      {
        label: faultHeadline.notKnown,
        value: formatCount(unknown),
        note: listed([
          faultHeadline.ofGuarantees(summary.total - summary.notApplicable),
          faultHeadline.messagesSent(sent),
        ]),
        bad: unknown > 0,
      },
    ],
  };
}

/** Of these counts those that are not zero. */
function told(counts: readonly [count: number, words: (count: number) => Phrase][]): Phrase {
  return listed(counts.filter(([count]) => count > 0).map(([count, words]) => words(count)));
}

/** What a suite says for itself that passed: nothing is called passed that was only tolerated. */
function whenSuitePassed({ summary, cases }: ConformanceResult): Phrase {
  const applicable = summary.total - summary.notApplicable;
  if (summary.passed === applicable) return sentences.allPassed(applicable);
  const onList = cases.filter((one) => one.listed === true).length;
  const others = told([
    [summary.warned, tallies.warned],
    [summary.knownFailing, tallies.failedAsListed],
    [summary.flaky, tallies.listedAsFlaky],
    [onList, tallies.couldNotRunAsListed],
    [summary.couldNotRun - onList, tallies.couldNotRunAsAllowed],
  ]);
  return asSentence(listed([tallies.passed(summary.passed), ...(others.en === "" ? [] : [others])]));
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
    subject: subjects.load(result.scenario, subjectOf(result)),
    outcome: outcomeOf(result),
    sentence: sentenceOf(result, result.thresholds.length > 0 ? sentences.thresholdsMet : sentences.checksHeld),
    figures: [
      {
        label: figureWords.tail(name === undefined ? figureWords.latency : metricPhrase(name)),
        value: metric === undefined ? "–" : formatLatency(metric.p99),
        note:
          metric === undefined
            ? figureWords.nothingMeasured
            : figureWords.spread(formatLatency(metric.p50), formatLatency(metric.max)),
        bad: name !== undefined && result.thresholds.some(({ ok, expression }) => !ok && expression.startsWith(name)),
      },
      {
        label: figureWords.throughput,
        value: `${formatNumber(metric?.rate ?? 0)}/s`,
        note: figureWords.ofClients(clients.peak, clients.requested),
        bad: clients.failed > clients.requested / 100,
      },
      {
        label: figureWords.violations,
        value: formatCount(violations),
        note: figureWords.factsChecked(checked),
        bad: violations > 0,
      },
    ],
  };
}

function sentenceOf(result: Result, whenPassed: Phrase): Phrase {
  const [first] = result.reasons;
  const outcome = outcomeOf(result);
  // Beside the word "Interrupted" a reason is enough.
  const isTold = outcome === "interrupted" && first !== undefined;
  const partial = result.run.partial && !isTold ? [sentences.cutShort] : [];
  if (first !== undefined) return inARow([asSentence(reasonPhrase(first)), ...partial]);
  return inARow([outcome === "pass" ? whenPassed : plainSentences[outcome], ...partial]);
}

/** What a metric measures, in words: `Delivery` for `msg_e2e`. */
export function metricTitle(name: string): string {
  return metricPhrase(name).en;
}

/** The same for people. */
export function metricPhrase(name: string): Phrase {
  return metricTitles[name] ?? asIs(name);
}
