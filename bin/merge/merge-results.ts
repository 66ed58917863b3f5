import { stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { CuppingError } from "../../harness/errors.ts";
import { isSlice, mergeSlices, type SliceResult } from "../../harness/load/index.ts";
import { exitCodeOf, RESULT_FILE, readResult } from "../../harness/result/index.ts";
import packageJson from "../../package.json" with { type: "json" };
import { parseReportFormats } from "../../reports/index.ts";
import { tellLoad } from "../load/summary.ts";
import { type MergeArguments, mergeOptions } from "../options/merge.ts";
import { clearResults } from "../run/folder.ts";
import { INTERRUPTED } from "../run/interrupt.ts";
import { takeResultFolder } from "../run/occupied.ts";
import { fromHere, outletFor, publish } from "../run/output.ts";
import { quoteWord } from "../run/quote-word.ts";
import { requireWritable } from "../run/written-paths.ts";

/**
 * Makes one result of the slices of a load, tells it and writes it with its reports.
 * @returns the exit code that the load would have had on one machine
 * @throws CuppingError `usage` when something is no result of a slice; `harness` when nothing can be written
 */
export async function mergeResults(args: MergeArguments): Promise<number> {
  const formats = parseReportFormats(args.report);
  await requireWritable(mergeOptions.rows, { ...args });
  requireElsewhere(args);
  const given: SliceResult[] = [];
  const withoutResult: string[] = [];
  for (const path of args.slices) {
    if (await isWithoutResult(path)) withoutResult.push(`${path} holds no result: its slice did not come to its end`);
    else given.push(await readSlice(path));
  }
  const [nothing] = withoutResult;
  if (given.length === 0 && nothing !== undefined) throw new CuppingError("usage", `${nothing}, and there is no other`);
  const result = mergeSlices(given, {
    tool: { name: "cupping", version: packageJson.version },
    command: ["npx cupping merge", ...args.slices.map(quoteWord)].join(" "),
    label: args.label,
    withoutResult,
  });
  const { path: folder, discard } = await takeResultFolder(args.out, "merge", new Date());
  try {
    await clearResults(folder);
    const outlet = outletFor(args);
    // Whoever loses the files has been told the outcome.
    tellLoad(result, outlet, args.verbose);
    if (args.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    for (const path of await publish(result, { folder, formats })) outlet.say(`written: ${fromHere(path)}`);
  } finally {
    await discard();
  }
  return result.run.partial ? INTERRUPTED : exitCodeOf(result.verdict);
}

/** The folder of a slice is cleared for what is written into it. @throws CuppingError `usage` */
function requireElsewhere({ out, slices }: MergeArguments): void {
  if (out === undefined) return;
  const folder = resolve(out);
  const taken = slices.find(
    (path) => resolve(path) === folder || (resolve(dirname(path)) === folder && basename(path) === RESULT_FILE),
  );
  if (taken === undefined) return;
  throw new CuppingError(
    "usage",
    `--out ${out} holds the result of a slice, which would be written over: give another folder`,
  );
}

/** Whether something is the folder of a slice that ended before it had a result. */
async function isWithoutResult(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() === true && (await stat(join(path, RESULT_FILE)).catch(() => undefined)) === undefined;
}

async function readSlice(path: string): Promise<SliceResult> {
  const result = await readResult(path);
  if (result.kind === "load" && isSlice(result)) return { name: path, result };
  const what = result.kind === "load" ? "of a whole load" : `of a ${result.kind} run`;
  throw new CuppingError("usage", `${path} holds the result ${what}: merge takes those of cupping load --slice`);
}
