import { createColors } from "picocolors";
import type { CaseResult, CaseStatus, ConformanceResult } from "../../harness/result/index.ts";
import { failureText, terminalSummary } from "../../reports/index.ts";

/** Failures printed in full; the reports have all of them. */
const SHOWN_IN_FULL = 20;

/** In which order cases are told about: what nobody expected first. */
const TOLD: readonly CaseStatus[] = ["failed", "errored", "couldNotRun", "warned", "flaky", "knownFailing"];
/** Statuses that are worth more than a line. */
const IN_FULL: readonly CaseStatus[] = ["failed", "errored"];

/** Prints what came of a run on standard error: each failure with all that helps to mend it, then the verdict. */
export function printOutcome(result: ConformanceResult, options: { quiet: boolean; color: boolean }): void {
  const paint = createColors(options.color);
  const write = (text: string): void => void process.stderr.write(`${text}\n`);
  if (!options.quiet) {
    for (const status of TOLD) {
      const cases = result.cases.filter((one) => one.status === status);
      if (IN_FULL.includes(status)) {
        for (const one of cases.slice(0, SHOWN_IN_FULL)) write(`\n${heading(one, paint)}\n${indent(failureText(one))}`);
        if (cases.length > SHOWN_IN_FULL)
          write(`\n… and ${cases.length - SHOWN_IN_FULL} more ${status}; see the report`);
      } else if (status === "flaky" || status === "knownFailing") {
        for (const one of cases) write(`${heading(one, paint)}`);
      }
    }
    write("");
  }
  write(terminalSummary([result], { color: options.color }));
}

function heading(one: CaseResult, paint: ReturnType<typeof createColors>): string {
  const shade = IN_FULL.includes(one.status) ? paint.red : paint.yellow;
  return `${paint.bold(shade(`${one.status.toUpperCase()} ${one.id}`))}  ${one.title}`;
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}
