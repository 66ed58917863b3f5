import type { CaseResult, ConformanceResult, LoadResult, Result } from "../harness/result/index.ts";
import { bySection, casesToLookAt } from "./case-order.ts";
import { failureText } from "./failure-text.ts";
import { headlineOf, metricTitle } from "./headline.ts";
import {
  counted,
  formatBytes,
  formatCount,
  formatDuration,
  formatMetric,
  formatNumber,
  formatShare,
} from "./numbers.ts";
import { shadeOf } from "./run-outcome.ts";
import type { Whole } from "./whole.ts";
import { summaryLines } from "./words/summaries.ts";
import { outcomeWords, statusWords } from "./words/verdicts.ts";

/** GitHub refuses a job summary above 1 MiB; several steps may add to one, so a report takes at most half. */
const DEFAULT_LIMIT = 512 * 1024;

/** Room kept for the line that says what was left out. */
const CLOSING_BYTES = 200;

/**
 * Markdown for a job summary or an issue: verdict, the three figures, tables, and each failure folded.
 *
 * @param limit most bytes; failures that do not fit are counted instead of shown
 */
export function markdown(results: readonly Result[], whole?: Whole, limit: number = DEFAULT_LIMIT): string {
  const all = [...(whole ? [wholeText(whole)] : []), ...results.flatMap(partsOf)];
  const bytesOf = (part: string): number => Buffer.byteLength(part) + 2;
  // What the failures leave out they leave out for each other, and not for the verdict or the command that repeats it.
  const needed = all.filter((part) => !isFolded(part)).reduce((sum, part) => sum + bytesOf(part), CLOSING_BYTES);
  let size = needed > limit ? CLOSING_BYTES : needed;
  const parts = all.filter((part) => {
    if (needed <= limit && !isFolded(part)) return true;
    const fits = size + bytesOf(part) <= limit;
    if (fits) size += bytesOf(part);
    return fits;
  });
  const omitted = all.length - parts.length;
  if (omitted > 0)
    parts.push(`_${counted(omitted, "part")} left out to stay below ${formatBytes(limit)}: see the HTML report._`);
  return `${parts.join("\n\n")}\n`;
}

const marks = { pass: "✅", fail: "❌", invalid: "⚠️" };

function wholeText({ subject, outcome, sentence, parts }: Whole): string {
  const rows = parts.map(({ name, outcome: answer, detail, reasons }) => {
    const mark =
      answer === undefined ? "not run" : `${marks[shadeOf(answer)]} ${outcomeWords[answer].en.toLowerCase()}`;
    return `| ${plain(name.en)} | ${mark} | ${[detail.en, ...reasons]
      .filter((text) => text !== "")
      .map(plain)
      .join("<br>")} |`;
  });
  const heading = `# ${marks[shadeOf(outcome)]} ${plain(subject.en)}: ${outcomeWords[outcome].en.toLowerCase()}`;
  return [heading, plain(sentence.en), ["| Part | Answer | Why |", "| --- | --- | --- |", ...rows].join("\n")].join(
    "\n\n",
  );
}

function partsOf(result: Result): string[] {
  const headline = headlineOf(result);
  const mark = marks[shadeOf(headline.outcome)];
  return [
    `## ${mark} ${plain(headline.subject.en)}: ${outcomeWords[headline.outcome].en.toLowerCase()}`,
    plain(headline.sentence.en),
    table(
      headline.figures.map(({ label }) => plain(label.en)),
      [
        headline.figures.map(
          ({ value, note }) => `**${plain(value)}**${note.en === "" ? "" : `<br>${plain(note.en)}`}`,
        ),
      ],
    ),
    ...(result.reasons.length > 1 ? [result.reasons.map((reason) => `- ${plain(reason)}`).join("\n")] : []),
    ...(result.kind === "conformance" ? conformanceParts(result) : loadParts(result)),
    footer(result),
  ];
}

function conformanceParts(result: ConformanceResult): string[] {
  const errored = result.summary.errored > 0 ? ["Errored"] : [];
  const rows = [...bySection(result.cases)].map(([section, cases]) => {
    const of = (...statuses: CaseResult["status"][]): string =>
      formatCount(cases.filter(({ status }) => statuses.includes(status)).length);
    return [
      section,
      of("passed"),
      of("failed"),
      ...errored.map(() => of("errored")),
      of("warned", "flaky", "knownFailing"),
      of("couldNotRun", "interrupted"),
      of("notApplicable"),
    ];
  });
  return [
    table(["Section", "Passed", "Failed", ...errored, "Warned or known", "Not run", "Not claimed"], rows),
    ...casesToLookAt(result.cases).map(foldedCase),
  ];
}

/** How a part begins that may be left out. */
const FOLDED = "<details><summary>";

function isFolded(part: string): boolean {
  return part.startsWith(FOLDED);
}

function foldedCase(entry: CaseResult): string {
  return [
    `${FOLDED}<b>${entry.rule}</b> ${html(statusWords[entry.status].en)}: ${html(entry.title)}</summary>`,
    "",
    fenced(failureText(entry)),
    "",
    "</details>",
  ].join("\n");
}

function loadParts(result: LoadResult): string[] {
  const parts = [
    table(
      ["Metric", "Count", "Rate", "Median", "p90", "p95", "p99", "p99.9", "Max"],
      Object.entries(result.metrics).map(([name, metric]) => [
        `${plain(metricTitle(name))} (\`${name}\`)`,
        formatCount(metric.count),
        `${formatNumber(metric.rate)}/s`,
        ...[metric.p50, metric.p90, metric.p95, metric.p99, metric.p999, metric.max].map((value) =>
          formatMetric(value, metric.unit),
        ),
      ]),
    ),
  ];
  if (result.thresholds.length > 0) {
    parts.push(
      table(
        ["Threshold", "Measured", ""],
        result.thresholds.map(({ expression, value, ok }) => [
          code(expression),
          value === null ? "–" : formatNumber(value),
          ok ? "✅" : "❌",
        ]),
      ),
    );
  }
  parts.push(
    table(
      ["Check", "Facts", "Violations"],
      Object.entries(result.checks).map(([name, check]) => [
        plain(check.title === undefined ? name : `${name}: ${check.title}`),
        formatCount(check.checked),
        check.violations === 0 ? "0" : `**${formatCount(check.violations)}**`,
      ]),
    ),
  );
  const examples = Object.values(result.checks).flatMap((check) => check.examples);
  if (examples.length > 0) parts.push(examples.map(({ text }) => `- ${plain(text)}`).join("\n"));
  const { harness } = result;
  parts.push(
    `Generator: ${counted(harness.workers, "worker")}, ${formatNumber(harness.cpu)} cores, ` +
      `${harness.bytesPerClient === null ? "" : `${formatBytes(harness.bytesPerClient)} per client, `}` +
      `event loop p99 ${formatNumber(harness.eventLoopDelayMs)} ms` +
      `${harness.gc === undefined ? "" : `, collection ${formatShare(harness.gc)}`}` +
      `${harness.saturated ? ` — **${harness.limit === "machine" ? "the machine" : "it"} was the limit**` : ""}.`,
  );
  if (result.slices) parts.push(`Slices: ${summaryLines.ofSlices(result.slices).en}.`);
  return parts;
}

function footer(result: Result): string {
  const { run, tool } = result;
  return (
    `<sub>${html(tool.name)} ${html(tool.version)}, run ${html(run.id)}, seed ${run.seed}, ${formatDuration(run.durationMs)}. ` +
    `Repeat: <code>${html(run.command)}</code></sub>`
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

/** Text in which nothing is markup, fit for a table cell. */
function plain(text: string): string {
  return html(text)
    .replace(/[\\`*_[\]|~]/g, (character) => `\\${character}`)
    .replace(/\s*\n\s*/g, " ");
}

function html(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function code(text: string): string {
  return `\`${text.replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}

/** A code block whose fence is longer than any run of backticks within. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
