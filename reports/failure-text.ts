import type { CaseResult, TraceEntry } from "../harness/result/index.ts";

/** Frames shown before plain-text reports cut; the HTML report shows all. */
const TRACE_LINES = 40;

/**
 * A failed case as plain text, for a terminal, a JUnit body, an issue.
 * @param isWhole with the steps, the connections and the frames; without, only what was expected and what came
 */
export function failureText(entry: CaseResult, isWhole: boolean = true): string {
  const lines = [
    ...(entry.ruleText === undefined ? [] : [`${entry.rule}: ${entry.ruleText}`, ""]),
    ...(entry.reason === undefined || saysTheSame(entry) ? [] : [entry.reason, ""]),
    ...(isWhole ? stepLines(entry) : []),
    ...expectedLines(entry),
    ...(entry.actual === undefined ? [] : [`actual:   ${entry.actual}`]),
    ...(entry.remarks ?? []).map((remark) => `remark:   ${remark}`),
    ...(entry.attempts === undefined ? [] : [howOften(entry.attempts)]),
    ...(isWhole ? [...connectionLines(entry), ...traceLines(entry.trace)] : []),
    ...(entry.repeat === undefined ? [] : ["", `repeat: ${entry.repeat}`]),
  ];
  return lines.join("\n").trim();
}

function stepLines({ steps = [] }: CaseResult): string[] {
  return steps.length === 0 ? [] : ["what was done:", ...steps.map((step, index) => `  ${index + 1}. ${step}`)];
}

function connectionLines({ connections = [] }: CaseResult): string[] {
  return connections.map(
    ({ name, localPort, openedAt, userId }) =>
      `connection ${name}: local port ${localPort ?? "unknown"}` +
      `${openedAt === undefined ? "" : `, opened ${openedAt}`}${userId === undefined ? "" : `, user ${userId}`}`,
  );
}

/** Every legal outcome, each with what it would have earned. */
function expectedLines({ expected, legalOutcomes }: CaseResult): string[] {
  if (legalOutcomes === undefined) return expected === undefined ? [] : [`expected: ${expected}`];
  return ["expected, one of:", ...legalOutcomes.map((outcome) => `  - ${outcome}`)];
}

/** Whether the reason is only what expected and actual say once more. */
function saysTheSame({ reason, expected, actual }: CaseResult): boolean {
  return reason === `expected ${expected}; got ${actual}`;
}

/** How often a failure came when it was tried again. What fails now and then is a race. */
function howOften({ failures, runs }: { failures: number; runs: number }): string {
  return `fails ${failures} of ${runs}${failures < runs ? " (race)" : ""}`;
}

/** The frames as lines: time, connection, direction, command, decoded body. The part around the failure is kept. */
function traceLines(trace: readonly TraceEntry[]): string[] {
  if (trace.length === 0) return [];
  const shown = shownPart(trace);
  const lines: string[] = [];
  let left = 0;
  for (const [at, entry] of trace.entries()) {
    if (!shown.has(at)) {
      left += 1;
      continue;
    }
    if (left > 0) lines.push(`  … ${left} entries`);
    left = 0;
    lines.push(traceLine(entry));
  }
  if (left > 0) lines.push(`  … ${left} entries`);
  return ["", "trace:", ...lines];
}

/** The places of the entries to show: those before and just behind each marked one, the first marked ones first. */
function shownPart(trace: readonly TraceEntry[]): Set<number> {
  const marked = [...trace.keys()].filter((at) => trace[at]?.highlight === true);
  const shown = new Set<number>();
  const show = (from: number, to: number): void => {
    for (let at = Math.max(0, from); at < Math.min(to, trace.length) && shown.size < TRACE_LINES; at++) shown.add(at);
  };
  if (marked.length < 2) {
    const last = marked[0] === undefined ? trace.length : Math.min(trace.length, marked[0] + TRACE_LINES / 4);
    show(last - TRACE_LINES, last);
  }
  for (const at of marked) show(at - 2, at + 2);
  return shown;
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
