import type { LoadResult, MetricSummary } from "../../harness/result/index.ts";

const MAX_EXAMPLES = 3;

/** The result of a run for a person at a terminal: verdict first. */
export function summarizeLoad(result: LoadResult): string {
  const lines = [`${result.verdict.toUpperCase()}  ${result.scenario} against ${result.target.url}`];
  for (const reason of result.reasons) lines.push(`  - ${reason}`);
  lines.push("", ...metricTable(result.metrics), "", ...checkLines(result));
  const { harness, clients } = result;
  const perClient =
    harness.bytesPerClient === null ? "" : `, ${(harness.bytesPerClient / 1024).toFixed(1)} KB per client`;
  lines.push(
    "",
    `clients: ${clients.peak} of ${clients.requested} up, ${clients.failed} failed`,
    `generator: ${harness.workers} worker${harness.workers === 1 ? "" : "s"}, ${harness.cpu} cores, ` +
      `${Math.round(harness.rssPeakBytes / 1048576)} MB${perClient}, event loop p99 ${harness.eventLoopDelayMs} ms`,
  );
  return `${lines.join("\n")}\n`;
}

function metricTable(metrics: Record<string, MetricSummary>): string[] {
  const head = ["", "count", "rate/s", "p50", "p90", "p99", "p99.9", "max ms"];
  const rows = Object.entries(metrics).map(([name, metric]) => [
    name,
    String(metric.count),
    metric.rate.toFixed(1),
    ...[metric.p50, metric.p90, metric.p99, metric.p999, metric.max].map((value) => value?.toFixed(2) ?? "-"),
  ]);
  const table = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    `  ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  ")}`.trimEnd(),
  );
}

function checkLines(result: LoadResult): string[] {
  return Object.entries(result.checks).flatMap(([name, check]) => [
    `  ${check.violations === 0 ? "ok  " : "FAIL"} ${name}: ${check.checked} checked, ${check.violations} violations`,
    ...check.examples.slice(0, MAX_EXAMPLES).map((example) => `       ${example.text}`),
  ]);
}
