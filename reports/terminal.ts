import pc from "picocolors";
import type { CaseStatus, ConformanceResult, LoadResult, Result, Verdict } from "../harness/result/index.ts";
import { bySection, casesToLookAt, statusWords } from "./case-order.ts";
import { type FaultTable, faultTable, unrunFaultWords } from "./fault-rows.ts";
import { headlineOf } from "./headline.ts";
import { formatBytes, formatCount, formatMetric, formatNumber } from "./numbers.ts";
import { outcomeWords, shadeOf } from "./run-outcome.ts";
import { clip, table, wrap } from "./text-table.ts";

/** Failures named in the table; the rest is counted. */
const FAILURES_SHOWN = 20;

/** How a final table is written. */
export interface TerminalOptions {
  /** Default false, for CI and files; without colour nothing is lost, the words say it all. */
  color?: boolean;
  /** Most examples told of each violated check. Default 3. */
  examples?: number;
}

/** The final table of a run: plain text of at most 80 columns that can be pasted into an issue. */
export function terminalSummary(
  results: readonly Result[],
  { color = false, examples = 3 }: TerminalOptions = {},
): string {
  const paint = pc.createColors(color);
  return results.map((result) => lines(result, paint, examples).join("\n")).join("\n\n");
}

type Paint = ReturnType<typeof pc.createColors>;

function lines(result: Result, paint: Paint, examples: number): string[] {
  const headline = headlineOf(result);
  const shade = { pass: paint.green, fail: paint.red, invalid: paint.magenta } satisfies Record<Verdict, unknown>;
  return [
    `${paint.bold(shade[shadeOf(headline.outcome)](outcomeWords[headline.outcome].toUpperCase()))}  ${headline.subject}`,
    ...wrap(headline.sentence),
    "",
    ...(result.kind === "conformance" ? conformanceLines(result) : loadLines(result, paint, examples)),
    "",
    ...result.reasons.slice(1).flatMap((reason) => wrap(`- ${reason}`, "  ")),
    `repeat: ${result.run.command}`,
  ];
}

function conformanceLines(result: ConformanceResult): string[] {
  const toLookAt = casesToLookAt(result.cases);
  const shown = toLookAt.slice(0, FAILURES_SHOWN);
  const faults = faultTable(result);
  return [
    ...(faults === undefined ? sectionLines(result) : faultLines(faults)),
    ...(shown.length > 0 ? [""] : []),
    ...shown.map((entry) => clip(`${entry.rule.padEnd(11)} ${statusWords[entry.status].padEnd(13)} ${entry.title}`)),
    ...(toLookAt.length > shown.length ? [`… and ${toLookAt.length - shown.length} more`] : []),
  ];
}

function faultLines({ rows }: FaultTable): string[] {
  const lines = rows.map(({ fault: { name, course }, cases }) => {
    const count = (status: CaseStatus): number => cases.filter((entry) => entry.status === status).length;
    if (course === undefined) return [name, "", "", "", "", cases[0] ? (unrunFaultWords[cases[0].status] ?? "") : ""];
    const { sent, acknowledged, breaks, healedAtMs, recoveredAtMs } = course;
    const well = recoveredAtMs === undefined ? "never" : `${((recoveredAtMs - healedAtMs) / 1000).toFixed(1)} s`;
    return [name, sent, acknowledged, breaks, well, `${count("passed")}/${cases.length}`].map(String);
  });
  return table(["fault", "sent", "acknowledged", "breaks", "well after", "kept"], lines);
}

function sectionLines(result: ConformanceResult): string[] {
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
    "total",
    summary.passed,
    summary.failed,
    ...(hasErrored ? [summary.errored] : []),
    summary.warned,
    summary.knownFailing + summary.flaky,
    summary.couldNotRun + summary.interrupted,
    summary.notApplicable,
  ].map(String);
  const errored = hasErrored ? ["errored"] : [];
  const head = ["section", "passed", "failed", ...errored, "warned", "known", "not run", "not claimed"];
  return table(head, [...rows, total]);
}

function loadLines(result: LoadResult, paint: Paint, mostExamples: number): string[] {
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
    ...(result.capacity ? [...capacityLines(result.capacity), ""] : []),
    ...table(["metric", "count", "rate", "p50", "p95", "p99", "max"], metrics),
    "",
    ...table(["check", "facts", "violations"], checks),
    ...Object.values(result.checks).flatMap(({ examples }) =>
      examples.slice(0, mostExamples).flatMap(({ text }) => wrap(`- ${text}`, "  ")),
    ),
    ...(result.thresholds.length > 0 ? [""] : []),
    ...result.thresholds.map(({ expression, value, ok }) =>
      clip(
        `${ok ? paint.green("met    ") : paint.red("crossed")}  ${expression}, measured ${value === null ? "nothing" : formatNumber(value)}`,
      ),
    ),
    "",
    `clients    ${formatCount(clients.requested)} asked for, ${formatCount(clients.peak)} at one time, ${formatCount(clients.failed)} failed`,
    `generator  ${formatCount(harness.workers)} worker${harness.workers === 1 ? "" : "s"}, ${formatNumber(harness.cpu)} cores, ` +
      `${harness.bytesPerClient === null ? formatBytes(harness.rssPeakBytes) : `${formatBytes(harness.bytesPerClient)} per client`}` +
      `${harness.saturated ? `, ${harness.limit === "machine" ? "THE MACHINE" : "IT"} WAS THE LIMIT` : ""}`,
  ];
}

/** The answer of a search for the largest load, and the limit that it met. */
function capacityLines({ of, found, limit, confidence }: NonNullable<LoadResult["capacity"]>): string[] {
  const unit = of === "rate" ? "/s" : " clients";
  return wrap(`largest ${of} that held: ${formatCount(found)}${unit}; limit: ${limit} (${confidence})`, "  ");
}
