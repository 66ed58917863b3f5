import { join } from "node:path";
import { createColors } from "picocolors";
import type { CaseResult, CaseStatus, ConformanceResult } from "../../harness/result/index.ts";
import { failureText, type Language, statusWords, summaryLines, terminalSummary } from "../../reports/index.ts";
import { fromHere, type Outlet } from "../run/output.ts";
import { quoteWord } from "../run/quote-word.ts";

/** Failures printed in full; the reports have all of them. */
const SHOWN_IN_FULL = 20;

/** In which order cases are told about: what nobody expected first. */
const TOLD: readonly CaseStatus[] = ["failed", "errored", "couldNotRun", "warned", "flaky", "knownFailing"];
/** Statuses that are worth more than a line. */
const IN_FULL: readonly CaseStatus[] = ["failed", "errored"];

/** How much of an outcome is printed. */
export interface OutcomeOptions {
  /** The folder of the result, which the capsules lie below. */
  readonly folder: string;
  /** The verdict alone. */
  readonly quiet: boolean;
  /** Steps, connections and frames of each failure as well, which the page shows in any case. */
  readonly verbose?: boolean;
}

/** Prints what came of a run: each failure with what helps to mend it, then the verdict. */
export function printOutcome(
  result: ConformanceResult,
  { color, language, say }: Outlet,
  options: OutcomeOptions,
): void {
  const paint = createColors(color);
  if (!options.quiet) {
    for (const status of TOLD) {
      const cases = result.cases.filter((one) => one.status === status);
      if (IN_FULL.includes(status)) {
        for (const one of cases.slice(0, SHOWN_IN_FULL))
          say(
            `\n${heading(one, paint, language)}\n${indent(`${failureText(one, options.verbose, language)}${replayLine(one, options, language)}`)}`,
          );
        if (cases.length > SHOWN_IN_FULL)
          say(`\n${summaryLines.moreInReport(cases.length - SHOWN_IN_FULL, statusWords[status])[language]}`);
      } else if (status === "flaky" || status === "knownFailing") {
        for (const one of cases) say(heading(one, paint, language));
      }
    }
    say("");
  }
  say(terminalSummary([result], { color, language }));
}

function replayLine({ capsule }: CaseResult, { folder }: OutcomeOptions, language: Language): string {
  if (capsule === undefined) return "";
  return `\n${summaryLines.replay(`npx cupping replay ${quoteWord(fromHere(join(folder, capsule)))}`)[language]}`;
}

function heading(one: CaseResult, paint: ReturnType<typeof createColors>, language: Language): string {
  const shade = IN_FULL.includes(one.status) ? paint.red : paint.yellow;
  return `${paint.bold(shade(`${statusWords[one.status][language].toUpperCase()} ${one.id}`))}  ${one.title}`;
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}
