import { stat } from "node:fs/promises";
import { join } from "node:path";
import { CuppingError } from "../../harness/errors.ts";
import { exitCodeOf, readResult } from "../../harness/result/index.ts";
import {
  addToJobSummary,
  type Comparison,
  compareResults,
  comparisonMarkdown,
  comparisonPage,
  comparisonText,
  parseTolerances,
  type Side,
  sideOf,
} from "../../reports/index.ts";
import { type CompareArguments, compareOptions } from "../options/compare.ts";
import { findResults } from "../report/result-files.ts";
import { openResultFolder } from "../run/folder.ts";
import { outletFor, writeText } from "../run/output.ts";
import { requireWritable } from "../run/written-paths.ts";

const pages: Record<string, { file: string; write: (comparisons: readonly Comparison[]) => string }> = {
  html: { file: "comparison.html", write: comparisonPage },
  markdown: { file: "comparison.md", write: comparisonMarkdown },
  github: { file: "comparison.md", write: comparisonMarkdown },
};

/** Compares each of the new sides with the base, prints the table, writes the reports and sets the exit code. */
export async function compareFiles(args: CompareArguments): Promise<void> {
  const formats = args.report.split(",").map((name) => name.trim());
  const unknown = formats.find((name) => pages[name] === undefined);
  if (unknown !== undefined) {
    throw new CuppingError(
      "usage",
      `--report does not know the format "${unknown}" here: it takes ${Object.keys(pages).join(", ")}`,
    );
  }
  await requireWritable(compareOptions.rows, { ...args });
  const options = { tolerances: parseTolerances(args.tolerance), allowed: new Set(args.allow), seed: args.seed };
  const base = await readSide(args.base);
  const comparisons: Comparison[] = [];
  for (const path of args.new) comparisons.push(compareResults(base, named(await readSide(path), base, path), options));
  const outlet = outletFor(args);
  // Whoever loses the files has been told the outcome.
  if (args.json) process.stdout.write(`${JSON.stringify(comparisons.map(withoutRuns))}\n`);
  if (!args.quiet) outlet.say(`${comparisons.map((one) => comparisonText(one, outlet.language)).join("\n\n")}\n`);
  const written: string[] = [];
  const { path: folder } = await openResultFolder(args.out, "compare");
  for (const name of formats) {
    const page = pages[name];
    if (page === undefined) continue;
    written.push(await writeText(folder, page.file, page.write(comparisons)));
    if (name === "github") await addToJobSummary(comparisonMarkdown(comparisons));
  }
  if (!args.quiet) outlet.say(written.join("\n"));
  process.exitCode = exitCodeOf(...comparisons.map(({ verdict }) => verdict));
}

/** A file is one run; a folder holds the same run repeated, unless it is the folder of one run. */
async function readSide(path: string): Promise<Side> {
  const found = await stat(path).catch(() => undefined);
  const folderOfOneRun =
    found?.isDirectory() && (await stat(join(path, "result.json")).catch(() => undefined)) !== undefined;
  const runs = found?.isDirectory() && !folderOfOneRun ? await findResults(path) : [await readResult(path)];
  return { ...sideOf(runs), source: path };
}

/** Two versions of a server may bear the same name; then the file says which is which. */
function named(side: Side, base: Side, path: string): Side {
  return side.name === base.name ? { ...side, name: `${side.name} (${path})` } : side;
}

/** The results themselves are in their files. */
function withoutRuns({ base, candidate, ...comparison }: Comparison): unknown {
  const brief = ({ name, source, runs }: Side): unknown => ({ name, source, runs: runs.map(({ run }) => run.id) });
  return { base: brief(base), candidate: brief(candidate), ...comparison };
}
