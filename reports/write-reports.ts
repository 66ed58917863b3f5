import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { CuppingError } from "../harness/errors.ts";
import { type Result, writeWhole } from "../harness/result/index.ts";
import { systemReason } from "../harness/system-reason.ts";
import { seriesCsv } from "./csv.ts";
import { githubAnnotations } from "./github.ts";
import { htmlReport } from "./html/report.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { prometheus } from "./prometheus.ts";
import type { Whole } from "./whole.ts";

/** What `--report` takes. */
export type ReportFormat = "html" | "junit" | "markdown" | "github" | "prometheus" | "csv";

interface Writer {
  file: string;
  /** The text, or undefined when the format has nothing to say about these results. */
  write: (results: readonly Result[], whole?: Whole) => string | undefined;
}

const writers: Record<ReportFormat, Writer> = {
  html: { file: "report.html", write: htmlReport },
  junit: { file: "junit.xml", write: junit },
  markdown: { file: "report.md", write: (results, whole) => markdown(results, whole) },
  github: { file: "annotations.txt", write: githubAnnotations },
  prometheus: { file: "metrics.prom", write: prometheus },
  csv: { file: "series.csv", write: loadSeries },
};

/** Every format that `--report` takes. */
export const reportFormats: readonly ReportFormat[] = Object.keys(writers) as ReportFormat[];

/** The files of all formats. */
export const reportFiles: readonly string[] = Object.values(writers).map(({ file }) => file);

/**
 * Reads the value of `--report`: names with commas between them.
 *
 * @throws CuppingError `usage` for a name that is no format
 */
export function parseReportFormats(text: string): ReportFormat[] {
  const names = text.split(",").map((name) => name.trim().toLowerCase());
  const unknown = names.find((name) => !(reportFormats as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new CuppingError(
      "usage",
      `--report does not know the format "${unknown}": it takes ${reportFormats.join(", ")}`,
    );
  }
  return [...new Set(names as ReportFormat[])];
}

/** One report that was written. */
export interface WrittenReport {
  format: ReportFormat;
  path: string;
}

/**
 * Writes reports of one result, or of several that belong together, into a folder.
 *
 * On GitHub the format `github` also prints the annotations (on standard error, which GitHub reads as well) and adds
 * the Markdown report to the job's summary.
 */
export async function writeReports(
  dir: string,
  results: Result | readonly Result[],
  formats: readonly ReportFormat[],
  { env = process.env, whole }: { readonly env?: NodeJS.ProcessEnv; readonly whole?: Whole } = {},
): Promise<WrittenReport[]> {
  const list: readonly Result[] = Array.isArray(results) ? results : [results as Result];
  const written: WrittenReport[] = [];
  for (const format of formats) {
    const { file, write } = writers[format];
    const text = write(list, whole);
    if (text === undefined) continue;
    written.push({ format, path: await writeWhole(join(dir, file), text) });
    if (format === "github") await tellGithub(text, { summary: markdown(list, whole), env });
  }
  return written;
}

async function tellGithub(
  annotations: string,
  { summary: text, env }: { readonly summary: string; readonly env: NodeJS.ProcessEnv },
): Promise<void> {
  if (env["GITHUB_ACTIONS"] === "true") process.stderr.write(annotations);
  await addToJobSummary(text, env);
}

/** Adds Markdown to the summary of the job that GitHub runs; elsewhere nothing. @throws CuppingError `harness` */
export async function addToJobSummary(text: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const summary = env["GITHUB_STEP_SUMMARY"];
  if (!summary) return;
  try {
    await appendFile(summary, text);
  } catch (cause) {
    throw new CuppingError("harness", `could not add to the job's summary ${summary}: ${systemReason(cause)}`, {
      cause,
    });
  }
}

function loadSeries(results: readonly Result[]): string | undefined {
  const load = results.find((result) => result.kind === "load");
  return load === undefined ? undefined : seriesCsv(load);
}
