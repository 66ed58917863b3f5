import type { Checked } from "./row.ts";

/** Where a command leaves what it found, and how much it says meanwhile. */
export const outputRows = {
  out: {
    type: "string",
    describe: "folder for the output files",
    otherwise: "reports/out/<time>-<what>",
    output: true,
    writes: "folder",
    ofGate: true,
  },
  quiet: {
    type: "boolean",
    default: false,
    describe: "print no progress, only the outcome",
    output: true,
    ofGate: true,
  },
  lang: {
    type: "choice",
    choices: ["en", "zh"],
    describe: "language of the summary: English or Chinese",
    otherwise: "by LC_ALL, LC_MESSAGES or LANG",
    output: true,
    ofGate: true,
  },
} as const;
export type OutputRows = Checked<typeof outputRows>;

/** For programs that read on. */
export const jsonRows = {
  json: {
    type: "boolean",
    default: false,
    describe: "print the result as JSON on standard output, and nothing else there",
    output: true,
    ofGate: true,
  },
} as const;
export type JsonRows = Checked<typeof jsonRows>;

/** In which forms people and CI services read a result. */
export const reportRows = {
  report: {
    type: "string",
    default: "html",
    describe: "report formats, comma-separated: html, junit, markdown, github, prometheus, csv",
    inFile: "one-or-more",
    output: true,
    ofGate: true,
  },
} as const;
export type ReportRows = Checked<typeof reportRows>;

/** For people who want to see everything. */
export const verboseRows = {
  verbose: {
    type: "boolean",
    default: false,
    describe: "print a line for each case or second, and every frame and example that was kept",
    output: true,
  },
} as const;
export type VerboseRows = Checked<typeof verboseRows>;
