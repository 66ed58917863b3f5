import type { CaseResult, TraceEntry } from "../harness/result/index.ts";

/** Frames shown before plain-text reports cut; the HTML report shows all. */
const TRACE_LINES = 40;

/** A failed case as plain text, for a terminal, a JUnit body, an issue. */
export function failureText(entry: CaseResult): string {
  const lines = [
    ...(entry.ruleText === undefined ? [] : [`${entry.rule}: ${entry.ruleText}`, ""]),
    ...(entry.reason === undefined ? [] : [entry.reason, ""]),
    ...(entry.steps ?? []).map((step, index) => `${index + 1}. ${step}`),
    ...(entry.expected === undefined ? [] : [`expected: ${entry.expected}`]),
    ...(entry.legalOutcomes ?? []).map((outcome) => `      or: ${outcome}`),
    ...(entry.actual === undefined ? [] : [`actual:   ${entry.actual}`]),
    ...(entry.remarks ?? []).map((remark) => `remark:   ${remark}`),
    ...(entry.attempts === undefined ? [] : [`fails ${entry.attempts.failures} of ${entry.attempts.runs} times`]),
    ...(entry.connections ?? []).map(
      (connection) =>
        `connection ${connection.name}: local port ${connection.localPort ?? "unknown"}` +
        `${connection.openedAt === undefined ? "" : `, opened ${connection.openedAt}`}` +
        `${connection.userId === undefined ? "" : `, user ${connection.userId}`}`,
    ),
    ...traceLines(entry.trace),
    ...(entry.repeat === undefined ? [] : ["", `repeat: ${entry.repeat}`]),
  ];
  return lines.join("\n").trim();
}

/** The frames as lines: time, connection, direction, command, decoded body. The part around the failure is kept. */
function traceLines(trace: readonly TraceEntry[]): string[] {
  if (trace.length === 0) return [];
  const marked = trace.findIndex((entry) => entry.highlight === true);
  const last = marked === -1 ? trace.length : Math.min(trace.length, marked + TRACE_LINES / 4);
  const first = Math.max(0, last - TRACE_LINES);
  return [
    "",
    "trace:",
    ...(first > 0 ? [`  … ${first} entries before`] : []),
    ...trace.slice(first, last).map(traceLine),
    ...(last < trace.length ? [`  … ${trace.length - last} entries after`] : []),
  ];
}

/** One frame or event as one line. */
export function traceLine(entry: TraceEntry): string {
  const head = `${entry.highlight === true ? ">" : " "} ${entry.at.toFixed(1).padStart(8)} ms`;
  if (entry.direction === "event") {
    return `${head}  ${entry.connection === "" ? "" : `${entry.connection} `}-- ${entry.text}`;
  }
  const arrow = entry.direction === "sent" ? "->" : "<-";
  const body = entry.error ?? JSON.stringify(entry.message);
  return `${head}  ${entry.connection} ${arrow} ${entry.command} seq ${entry.seq}, ${entry.length} B ${body}`;
}
