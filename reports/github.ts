import type { CaseStatus, Result } from "../harness/result/index.ts";
import { casesToLookAt } from "./case-order.ts";
import { headlineOf, targetName } from "./headline.ts";
import { counted } from "./numbers.ts";
import { type Weight, weightOf } from "./run-outcome.ts";
import { isWhole, type Whole } from "./whole.ts";
import { statusWords } from "./words/verdicts.ts";

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
export function githubAnnotations(results: readonly Result[], whole?: Whole): string {
  const all = [...wholeAnnotations(whole), ...results.flatMap(annotationsOf)];
  const lines = (["error", "warning", "notice"] as const).flatMap((kind) =>
    worstOf(all.filter((annotation) => annotation.kind === kind)).map(command),
  );
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

function wholeAnnotations(whole: Whole | undefined): Annotation[] {
  const judged = (whole?.parts ?? [])
    .filter(({ outcome, isResult }) => outcome !== "pass" && !isResult)
    .map(
      ({ name, outcome, reasons }): Annotation => ({
        kind: outcome === "fail" ? "error" : "warning",
        title: `${name.en} ${outcome === "fail" ? "failed" : "is not valid"}`,
        message: reasons.join("\n"),
      }),
    );
  if (whole === undefined || isWhole(whole)) return judged;
  return [
    { kind: "warning", title: `${whole.subject.en}: not everything was run`, message: whole.sentence.en },
    ...judged,
  ];
}

/** What a case that is not green is for GitHub: what is tolerated warns, what is allowed is mentioned. */
function kindOf(weight: Weight, status: CaseStatus): Kind {
  if (weight === "failure" || weight === "error") return "error";
  return status === "couldNotRun" ? "notice" : "warning";
}

function annotationsOf(result: Result): Annotation[] {
  const own = partsOf(result);
  return [...own, ...summaryOf(result, own)];
}

function partsOf(result: Result): Annotation[] {
  const about = targetName(result);
  if (result.kind === "conformance") {
    return casesToLookAt(result.cases).map((entry): Annotation => {
      const facts = [
        entry.reason,
        entry.expected === undefined ? undefined : `Expected: ${entry.expected}`,
        entry.actual === undefined ? undefined : `Actual: ${entry.actual}`,
        entry.repeat === undefined ? undefined : `Repeat: ${entry.repeat}`,
      ].filter((fact) => fact !== undefined);
      return {
        kind: kindOf(weightOf(entry, result), entry.status),
        title: `${entry.rule} ${statusWords[entry.status].en}: ${entry.title}`,
        message: facts.length === 0 ? `${about}: ${statusWords[entry.status].en}` : facts.join("\n"),
      };
    });
  }
  const thresholds = result.thresholds
    .filter(({ ok }) => !ok)
    .map(
      ({ expression, value }): Annotation => ({
        // Where the generator was the limit, a crossed threshold says nothing about the target.
        kind: result.verdict === "fail" ? "error" : "warning",
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
  return [...violations, ...thresholds];
}

/** What may not be concluded must not look like a fault of the server, and must not be overlooked either. */
function summaryOf(result: Result, parts: readonly Annotation[]): Annotation[] {
  const { subject, sentence } = headlineOf(result);
  const message = result.reasons.join("\n") || sentence.en;
  const isTold = parts.some(({ kind }) => kind === "error");
  if (result.verdict === "fail" && !isTold) return [{ kind: "error", title: `${subject.en} failed`, message }];
  if (result.run.partial) return [{ kind: "warning", title: "The run was interrupted", message }];
  return result.verdict === "invalid" ? [{ kind: "warning", title: "The measurement is not valid", message }] : [];
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
