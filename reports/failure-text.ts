import type { CaseResult, TraceEntry } from "../harness/result/index.ts";
import type { Language, Phrase } from "./words/phrase.ts";
import { failureWords, summaryLines } from "./words/summaries.ts";

/** Frames shown before plain-text reports cut; the HTML report shows all. */
const TRACE_LINES = 40;

/**
 * A failed case as plain text, for a terminal, a JUnit body, an issue.
 * @param isWhole with the steps, the connections and the frames; without, only what was expected and what came
 * @param language of the words between what the suite and the target said
 */
export function failureText(entry: CaseResult, isWhole: boolean = true, language: Language = "en"): string {
  const say = (phrase: Phrase): string => phrase[language];
  const lines = [
    ...(entry.ruleText === undefined ? [] : [`${entry.rule}: ${entry.ruleText}`, ""]),
    ...(entry.reason === undefined || saysTheSame(entry) ? [] : [entry.reason, ""]),
    ...(isWhole ? stepLines(entry, say) : []),
    ...expectedLines(entry, say),
    ...(entry.actual === undefined ? [] : [say(failureWords.actual(entry.actual))]),
    ...(entry.remarks ?? []).map((remark) => say(failureWords.remark(remark))),
    ...(entry.attempts === undefined ? [] : [say(failureWords.howOften(entry.attempts.failures, entry.attempts.runs))]),
    ...(isWhole ? [...connectionLines(entry, say), ...traceLines(entry.trace, say)] : []),
    ...(entry.repeat === undefined ? [] : ["", say(summaryLines.repeat(entry.repeat))]),
  ];
  return lines.join("\n").trim();
}

type Say = (phrase: Phrase) => string;

function stepLines({ steps = [] }: CaseResult, say: Say): string[] {
  return steps.length === 0
    ? []
    : [say(failureWords.whatWasDone), ...steps.map((step, index) => `  ${index + 1}. ${step}`)];
}

function connectionLines({ connections = [] }: CaseResult, say: Say): string[] {
  return connections.map((connection) => say(failureWords.connection(connection)));
}

/** Every legal outcome, each with what it would have earned. */
function expectedLines({ expected, legalOutcomes }: CaseResult, say: Say): string[] {
  if (legalOutcomes === undefined) return expected === undefined ? [] : [say(failureWords.expected(expected))];
  return [say(failureWords.expectedOneOf), ...legalOutcomes.map((outcome) => `  - ${outcome}`)];
}

/** Whether the reason is only what expected and actual say once more. */
function saysTheSame({ reason, expected, actual }: CaseResult): boolean {
  return reason === `expected ${expected}; got ${actual}`;
}

/** The frames as lines: time, connection, direction, command, decoded body. The part around the failure is kept. */
function traceLines(trace: readonly TraceEntry[], say: Say): string[] {
  if (trace.length === 0) return [];
  const shown = shownPart(trace);
  const lines: string[] = [];
  let left = 0;
  for (const [at, entry] of trace.entries()) {
    if (!shown.has(at)) {
      left += 1;
      continue;
    }
    if (left > 0) lines.push(say(failureWords.entriesLeftOut(left)));
    left = 0;
    lines.push(traceLine(entry));
  }
  if (left > 0) lines.push(say(failureWords.entriesLeftOut(left)));
  return ["", say(failureWords.trace), ...lines];
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
