import type { Result } from "../harness/result/index.ts";
import { casesToLookAt, statusWords } from "./case-order.ts";
import { targetName } from "./headline.ts";
import { counted } from "./numbers.ts";

/** GitHub shows ten annotations of a kind per step and drops the rest without a word. */
const SHOWN_PER_KIND = 10;

type Kind = "error" | "warning" | "notice";

interface Annotation {
  kind: Kind;
  title: string;
  message: string;
}

/**
 * Annotations for a GitHub job, as workflow commands (one a line, to be printed). The worst ten of each kind; where
 * there are more, the tenth says how many.
 */
export function githubAnnotations(results: readonly Result[]): string {
  const all = results.flatMap(annotationsOf);
  const lines = (["error", "warning", "notice"] as const).flatMap((kind) =>
    worstOf(all.filter((annotation) => annotation.kind === kind)).map(command),
  );
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

function annotationsOf(result: Result): Annotation[] {
  const about = targetName(result);
  if (result.kind === "conformance") {
    const cases = casesToLookAt(result.cases).map((entry): Annotation => {
      const serious = entry.status === "failed" || entry.status === "errored" || entry.status === "couldNotRun";
      const facts = [
        entry.reason,
        entry.expected === undefined ? undefined : `Expected: ${entry.expected}`,
        entry.actual === undefined ? undefined : `Actual: ${entry.actual}`,
        entry.repeat === undefined ? undefined : `Repeat: ${entry.repeat}`,
      ].filter((fact) => fact !== undefined);
      return {
        kind: serious ? "error" : "warning",
        title: `${entry.rule} ${statusWords[entry.status]}: ${entry.title}`,
        message: facts.length === 0 ? `${about}: ${statusWords[entry.status]}` : facts.join("\n"),
      };
    });
    return [...cases, ...summaryOf(result)];
  }
  const thresholds = result.thresholds
    .filter(({ ok }) => !ok)
    .map(
      ({ expression, value }): Annotation => ({
        kind: "error",
        title: `Threshold crossed on ${about}`,
        message: `${expression} was ${value ?? "not measured"}`,
      }),
    );
  const violations = Object.entries(result.checks)
    .filter(([, check]) => check.violations > 0)
    .map(
      ([name, check]): Annotation => ({
        kind: "error",
        title: `${counted(check.violations, "violation")} of ${name} on ${about}`,
        message: check.examples[0]?.text ?? check.title ?? name,
      }),
    );
  return [...violations, ...thresholds, ...summaryOf(result)];
}

/** What may not be concluded must not look like a fault of the server, and must not be overlooked either. */
function summaryOf(result: Result): Annotation[] {
  if (result.verdict !== "invalid") return [];
  return [
    { kind: "warning", title: "The measurement is not valid", message: result.reasons.join("\n") || "not valid" },
  ];
}

function worstOf(annotations: readonly Annotation[]): readonly Annotation[] {
  if (annotations.length <= SHOWN_PER_KIND) return annotations;
  const shown = annotations.slice(0, SHOWN_PER_KIND - 1);
  const rest = annotations.slice(SHOWN_PER_KIND - 1);
  const [first] = rest;
  return first === undefined
    ? shown
    : [
        ...shown,
        {
          kind: first.kind,
          title: `${annotations.length} in all, ${rest.length} more than shown here`,
          message: rest.map(({ title }) => title).join("\n"),
        },
      ];
}

function command({ kind, title, message }: Annotation): string {
  return `::${kind} title=${escapeProperty(title)}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
