import pc from "picocolors";
import type { CaseStatus, ConformanceResult, LoadResult, Result, Verdict } from "../harness/result/index.ts";
import { bySection, casesToLookAt } from "./case-order.ts";
import { type FaultTable, faultTable } from "./fault-rows.ts";
import { headlineOf } from "./headline.ts";
import { formatBytes, formatCount, formatMetric, formatNumber } from "./numbers.ts";
import { shadeOf } from "./run-outcome.ts";
import { clip, padded, table, widthOf, wrap } from "./text-table.ts";
import { faultColumns, unrunFaultWords } from "./words/faults.ts";
import { asIs, type Language, listed, type Phrase } from "./words/phrase.ts";
import { reasonPhrase } from "./words/reasons.ts";
import { columns, summaryLines } from "./words/summaries.ts";
import { outcomeWords, statusWords } from "./words/verdicts.ts";

/** Failures named in the table; the rest is counted. */
const FAILURES_SHOWN = 20;

/** How a final table is written. */
export interface TerminalOptions {
  /** Default false, for CI and files; without colour nothing is lost, the words say it all. */
  color?: boolean;
  /** Most examples told of each violated check. Default 3. */
  examples?: number;
  /** Default English. */
  language?: Language;
}

/** The final table of a run: plain text of at most 80 columns that can be pasted into an issue. */
export function terminalSummary(
  results: readonly Result[],
  { color = false, examples = 3, language = "en" }: TerminalOptions = {},
): string {
  const manner: Manner = { paint: pc.createColors(color), examples, say: (phrase) => phrase[language] };
  return results.map((result) => lines(result, manner).join("\n")).join("\n\n");
}

/** How a summary is told. */
interface Manner {
  readonly paint: ReturnType<typeof pc.createColors>;
  readonly examples: number;
  say(phrase: Phrase): string;
}

function lines(result: Result, manner: Manner): string[] {
  const { paint, say } = manner;
  const headline = headlineOf(result);
  const shade = { pass: paint.green, fail: paint.red, invalid: paint.magenta } satisfies Record<Verdict, unknown>;
  return [
    `${paint.bold(shade[shadeOf(headline.outcome)](say(outcomeWords[headline.outcome]).toUpperCase()))}  ${say(headline.subject)}`,
    ...wrap(say(headline.sentence)),
    "",
    ...(result.kind === "conformance" ? conformanceLines(result, manner) : loadLines(result, manner)),
    "",
    ...result.reasons.slice(1).flatMap((reason) => wrap(`- ${say(reasonPhrase(reason))}`, "  ")),
    say(summaryLines.repeat(result.run.command)),
  ];
}

function conformanceLines(result: ConformanceResult, manner: Manner): string[] {
  const { say } = manner;
  const toLookAt = casesToLookAt(result.cases);
  const shown = toLookAt.slice(0, FAILURES_SHOWN);
  const faults = faultTable(result);
  return [
    ...(faults === undefined ? sectionLines(result, manner) : faultLines(faults, manner)),
    ...(shown.length > 0 ? [""] : []),
    ...shown.map((entry) =>
      clip(`${entry.rule.padEnd(11)} ${padded(say(statusWords[entry.status]), 13)} ${entry.title}`),
    ),
    ...(toLookAt.length > shown.length ? [say(summaryLines.more(toLookAt.length - shown.length))] : []),
  ];
}

function faultLines({ rows }: FaultTable, { say }: Manner): string[] {
  const lines = rows.map(({ fault: { name, course }, cases }) => {
    const count = (status: CaseStatus): number => cases.filter((entry) => entry.status === status).length;
    const unrun = cases[0] && unrunFaultWords[cases[0].status];
    if (course === undefined) return [name, "", "", "", "", unrun === undefined ? "" : say(unrun)];
    const { sent, acknowledged, breaks, healedAtMs, recoveredAtMs } = course;
    const well =
      recoveredAtMs === undefined ? say(faultColumns.never) : `${((recoveredAtMs - healedAtMs) / 1000).toFixed(1)} s`;
    return [name, sent, acknowledged, breaks, well, `${count("passed")}/${cases.length}`].map(String);
  });
  return table(
    [
      faultColumns.fault,
      faultColumns.sent,
      faultColumns.acknowledged,
      faultColumns.breaks,
      faultColumns.wellAfter,
      faultColumns.kept,
    ].map(say),
    lines,
  );
}

function sectionLines(result: ConformanceResult, { say }: Manner): string[] {
  const { summary } = result;
  const hasErrored = summary.errored > 0;
  const rows = [...bySection(result.cases)].map(([section, cases]) => {
    const count = (...statuses: string[]): string =>
      formatCount(cases.filter(({ status }) => statuses.includes(status)).length);
    return [
      section,
      count("passed"),
      count("failed"),
      ...(hasErrored ? [count("errored")] : []),
      count("warned"),
      count("knownFailing", "flaky"),
      count("couldNotRun", "interrupted"),
      count("notApplicable"),
    ];
  });
  const total = [
    say(columns.total),
    summary.passed,
    summary.failed,
    ...(hasErrored ? [summary.errored] : []),
    summary.warned,
    summary.knownFailing + summary.flaky,
    summary.couldNotRun + summary.interrupted,
    summary.notApplicable,
  ].map(String);
  const head = [
    columns.section,
    columns.passed,
    columns.failed,
    ...(hasErrored ? [columns.errored] : []),
    columns.warned,
    columns.known,
    columns.notRun,
    columns.notClaimed,
  ].map(say);
  return table(head, [...rows, total]);
}

/** What a load made of slices, or one of them, says of that. */
function slicesFact({ slice, slices }: LoadResult): [name: Phrase, fact: Phrase][] {
  if (slices) return [[summaryLines.slices, summaryLines.ofSlices(slices)]];
  return slice ? [[summaryLines.slices, summaryLines.oneSlice(slice.index, slice.of)]] : [];
}

function loadLines(result: LoadResult, { paint, examples: mostExamples, say }: Manner): string[] {
  const metrics = Object.entries(result.metrics).map(([name, metric]) => [
    name,
    formatCount(metric.count),
    `${formatNumber(metric.rate)}/s`,
    ...[metric.p50, metric.p95, metric.p99, metric.max].map((value) => formatMetric(value, metric.unit)),
  ]);
  const checks = Object.entries(result.checks).map(([name, check]) => [
    name,
    formatCount(check.checked),
    formatCount(check.violations),
  ]);
  const { clients, harness } = result;
  return [
    ...(result.capacity ? [...wrap(say(summaryLines.capacity(result.capacity.of, result.capacity)), "  "), ""] : []),
    ...table(
      [columns.metric, columns.count, columns.rate, asIs("p50"), asIs("p95"), asIs("p99"), columns.max].map(say),
      metrics,
    ),
    "",
    ...table([columns.check, columns.facts, columns.violations].map(say), checks),
    ...Object.values(result.checks).flatMap(({ examples }) =>
      examples.slice(0, mostExamples).flatMap(({ text }) => wrap(`- ${text}`, "  ")),
    ),
    ...(result.thresholds.length > 0 ? [""] : []),
    ...result.thresholds.map(({ expression, value, ok }) =>
      clip(
        `${ok ? paint.green(say(summaryLines.isMet)) : paint.red(say(summaryLines.isCrossed))}  ${say(summaryLines.met(expression, value === null ? undefined : formatNumber(value)))}`,
      ),
    ),
    "",
    ...named([
      [summaryLines.clients, summaryLines.ofClients(clients.requested, clients.peak, clients.failed)],
      [
        summaryLines.generator,
        listed([
          summaryLines.workers(harness.workers),
          summaryLines.cores(harness.cpu),
          harness.bytesPerClient === null
            ? asIs(formatBytes(harness.rssPeakBytes))
            : summaryLines.bytesPerClient(harness.bytesPerClient),
          ...(harness.saturated
            ? [harness.limit === "machine" ? summaryLines.machineWasTheLimit : summaryLines.generatorWasTheLimit]
            : []),
        ]),
      ],
      ...slicesFact(result),
    ]),
  ];

  function named(facts: readonly (readonly [name: Phrase, fact: Phrase])[]): string[] {
    const width = Math.max(...facts.map(([name]) => widthOf(say(name))));
    return facts.map(([name, fact]) => `${padded(say(name), width)}  ${say(fact)}`);
  }
}
