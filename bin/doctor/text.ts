import { createColors } from "picocolors";
import { type ConformanceResult, visibleText } from "../../harness/result/index.ts";
import { wrap } from "../../reports/index.ts";
import { type ConformanceArguments, conformanceOptions } from "../options/conformance.ts";
import { fromHere } from "../run/output.ts";
import { repeatLine } from "../run/repeat.ts";
import type { Finding } from "./findings.ts";

/** What an examination is told with. */
export interface ExaminationOptions {
  readonly findings: readonly Finding[];
  /** Why nothing more could be asked, when that is so. */
  readonly givenUp: string | undefined;
  /** The file for `--capabilities`. */
  readonly file: string;
  readonly color: boolean;
  /** How the suite is asked about the same target. */
  readonly args: ConformanceArguments;
}

/** Each state of a finding with its heading, in the order in which they are told. */
const HEADINGS = [
  ["there", "It seems to have"],
  ["partly", "It has these, and some of their cases do not pass"],
  ["missing", "It seems to lack"],
  ["undeclared", "It does not seem to make these choices"],
  ["unknown", "Nothing can be said of"],
] as const satisfies readonly (readonly [Finding["state"], string])[];

/** What a target is, who can log in, and what it seems to be able to, in plain text. */
export function examinationText(result: ConformanceResult, options: ExaminationOptions): string {
  const { findings, givenUp, color } = options;
  const paint = createColors(color);
  const { url } = result.target;
  if (givenUp !== undefined) {
    return [`${paint.bold(url)}: ${visibleText(givenUp)}`, "Of its capabilities nothing can be said."].join("\n");
  }
  if (result.run.partial) return `${paint.bold(url)}: interrupted, so of its capabilities nothing can be said.`;
  const sections = HEADINGS.flatMap(([state, heading]) => {
    const of = findings.filter((finding) => finding.state === state);
    return of.length === 0 ? [] : ["", paint.bold(`${heading} (${of.length} of ${findings.length}):`), ...rows(of)];
  });
  return [
    `${paint.bold(url)} is a server of this protocol; ${whoLogsIn(options.args)}.`,
    ...sections,
    "",
    `next: ${nextLine(options)}`,
  ].join("\n");
}

function whoLogsIn({ users = "register", http }: ConformanceArguments): string {
  if (users !== "register") return `the accounts of --users ${users} log in`;
  return http === undefined ? "whoever registers can log in" : `whoever registers at ${http} can log in`;
}

function rows(findings: readonly Finding[]): string[] {
  const width = Math.max(...findings.map(({ capability }) => capability.length));
  return findings.flatMap(({ capability, passed, judged, why }) => {
    const share = judged === 0 ? "" : `${passed} of ${judged} cases pass`;
    const told = [share, visibleText(why ?? "")].filter((part) => part !== "").join("; ");
    return wrap(`${capability.padEnd(width)}  ${told}`, " ".repeat(width + 4), "  ");
  });
}

/** The suite with what was found, as it is run next. */
function nextLine({ args, file }: ExaminationOptions): string {
  const values = { ...args, quick: false, seed: undefined, capabilities: fromHere(file) };
  return repeatLine(["conformance"], conformanceOptions.rows, values);
}
