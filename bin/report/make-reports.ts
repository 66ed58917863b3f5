import { mkdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { HarnessError, UsageError } from "../../harness/errors.ts";
import type { Result } from "../../harness/result/index.ts";
import {
  defaultFigures,
  figureNamed,
  figureOf,
  historyPage,
  matrixPage,
  parseReportFormats,
  pushToGateway,
  sendOpenTelemetry,
  writeReports,
} from "../../reports/index.ts";
import { findResults, readResults } from "./result-files.ts";

/** The options of `cupping report`. */
export interface ReportArguments {
  results: string[];
  report: string;
  out?: string;
  matrix: boolean;
  history?: string;
  figures?: string;
  pushGateway?: string;
  job: string;
  otlp?: string;
  json: boolean;
  quiet: boolean;
}

/** Makes every report that the options ask for, and says on standard error where they are. */
export async function makeReports(args: ReportArguments): Promise<void> {
  const formats = parseReportFormats(args.report);
  if (args.results.length === 0 && args.history === undefined) {
    throw new UsageError("report needs a result file, or --history and a folder of them");
  }
  const say = (path: string): void => {
    if (!args.quiet) process.stderr.write(`${path}\n`);
  };
  const results = await readResults(args.results);
  if (args.matrix) say(await writePage(await outDir(args), "matrix.html", matrixOf(results)));
  else if (results.length > 0) {
    for (const { path } of await writeReports(await outDir(args), results, formats)) say(path);
  }
  if (args.history !== undefined) say(await writePage(args.out ?? args.history, "history.html", await history(args)));
  if (args.pushGateway !== undefined) await pushToGateway(args.pushGateway, results, args.job);
  if (args.otlp !== undefined) await sendOpenTelemetry(args.otlp, results);
  if (args.json) process.stdout.write(`${JSON.stringify(results.length === 1 ? results[0] : results)}\n`);
}

function matrixOf(results: readonly Result[]): string {
  const conformance = results.filter((result) => result.kind === "conformance");
  const other = results.find((result) => result.kind !== "conformance");
  if (other !== undefined) {
    throw new UsageError(`--matrix compares conformance results, and run ${other.run.id} is a ${other.kind} result`);
  }
  return matrixPage(conformance);
}

async function history({ history: dir = ".", figures }: ReportArguments): Promise<string> {
  const results = await findResults(dir);
  const chosen = figures?.split(",").map((path) => figureNamed(path.trim())) ?? defaultFigures(results);
  const missing = chosen.find(({ path }) => results.every((result) => figureOf(result, path) === undefined));
  if (figures !== undefined && missing !== undefined) {
    throw new UsageError(
      `no result in ${dir} has the figure "${missing.path}": figures are named like ${defaultFigures(results)
        .map(({ path }) => path)
        .join(", ")}`,
    );
  }
  return historyPage(results, chosen);
}

/** Beside the result; several results have no place in common, so they meet in the current folder's output. */
async function outDir({ out, results }: ReportArguments): Promise<string> {
  if (out !== undefined) return out;
  const [first] = results;
  if (first === undefined || results.length > 1) return join("reports", "out", `${timeStamp()}-report`);
  return (await stat(first)).isDirectory() ? first : dirname(first);
}

function timeStamp(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(":", "-");
}

async function writePage(dir: string, name: string, text: string): Promise<string> {
  const path = join(dir, name);
  try {
    await mkdir(dir, { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new HarnessError(`could not write ${path}: ${(error as Error).message}`, { cause: error });
  }
  return path;
}
