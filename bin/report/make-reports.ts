import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { CuppingError } from "../../harness/errors.ts";
import { type Result, writeResult } from "../../harness/result/index.ts";
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
import { type ReportArguments, reportOptions } from "../options/report.ts";
import { openResultFolder } from "../run/folder.ts";
import { outletFor, writeText } from "../run/output.ts";
import { requireWritable } from "../run/written-paths.ts";
import { findResults, readResults } from "./result-files.ts";

/** Makes every report that the options ask for, and says where they are. */
export async function makeReports(args: ReportArguments): Promise<void> {
  const formats = parseReportFormats(args.report);
  await requireWritable(reportOptions.rows, { ...args });
  if (args.results.length === 0 && args.history === undefined) {
    throw new CuppingError("usage", "report needs a result file, or --history and a folder of them");
  }
  const outlet = outletFor(args);
  const say = (path: string): void => {
    if (!args.quiet) outlet.say(path);
  };
  const results = args.merge ? [await mergeResults(args, say)] : await readResults(args.results);
  if (args.matrix) {
    const page = matrixOf(results);
    say(await writeText(await outDir(args), "matrix.html", page));
  } else if (results.length > 0) {
    for (const { path } of await writeReports(await outDir(args), results, formats)) say(path);
  }
  if (args.history !== undefined) say(await writeText(args.out ?? args.history, "history.html", await history(args)));
  if (args.pushGateway !== undefined) await pushToGateway(args.pushGateway, results, args.job);
  if (args.otlp !== undefined) await sendOpenTelemetry(args.otlp, results);
  if (args.json) process.stdout.write(`${JSON.stringify(results.length === 1 ? results[0] : results)}\n`);
}

/** One result of several instances of k6, which is written too, so that it can be compared like any other. */
async function mergeResults(args: ReportArguments, say: (path: string) => void): Promise<Result> {
  const { readInstances } = await import("../../harness/k6-run/index.ts");
  const merged = await readInstances(args.results);
  args.out = (await openResultFolder(args.out, "merged")).path;
  say(await writeResult(args.out, merged));
  return merged;
}

function matrixOf(results: readonly Result[]): string {
  const conformance = results.filter((result) => result.kind === "conformance");
  const other = results.find((result) => result.kind !== "conformance");
  if (other !== undefined) {
    throw new CuppingError(
      "usage",
      `--matrix compares conformance results, but run ${other.run.id} is a ${other.kind} result`,
    );
  }
  return matrixPage(conformance);
}

async function history({ history: dir = ".", figures }: ReportArguments): Promise<string> {
  const results = await findResults(dir);
  const chosen = figures?.split(",").map((path) => figureNamed(path.trim())) ?? defaultFigures(results);
  const missing = chosen.find(({ path }) => results.every((result) => figureOf(result, path) === undefined));
  if (figures !== undefined && missing !== undefined) {
    throw new CuppingError(
      "usage",
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
  if (first === undefined || results.length > 1) return (await openResultFolder(undefined, "report")).path;
  return (await stat(first)).isDirectory() ? first : dirname(first);
}
