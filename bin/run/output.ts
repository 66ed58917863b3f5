import { isAbsolute, join, relative } from "node:path";
import { type Result, writeResult, writeWhole } from "../../harness/result/index.ts";
import { type Language, type ReportFormat, writeReports } from "../../reports/index.ts";
import { languageOf } from "./language.ts";

/** Writes a result and its reports into a folder. @returns the paths of the files */
export async function publish(
  result: Result,
  { folder, formats }: { readonly folder: string; readonly formats: readonly ReportFormat[] },
): Promise<string[]> {
  const file = await writeResult(folder, result);
  const reports = await writeReports(folder, result, formats);
  return [file, ...reports.map(({ path }) => path)];
}

/** A path as it is told: relative when it is below the working folder. */
export function fromHere(path: string): string {
  const below = relative(process.cwd(), path);
  return below.startsWith("..") || isAbsolute(below) ? path : below;
}

/** Writes a file into a folder, which is made if it is missing, and returns its path. */
export function writeText(folder: string, name: string, text: string): Promise<string> {
  return writeWhole(join(folder, name), text);
}

/** Whether a person reads a stream on a terminal, and wants colours. */
export function isColored(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env["NO_COLOR"];
}

/** Where people read what came of a command: progress and logs go elsewhere, to standard error. */
export interface Outlet {
  readonly color: boolean;
  readonly language: Language;
  /** Writes lines, and ends the last one. */
  say(text: string): void;
}

/**
 * Standard output; standard error when the result itself fills standard output, as `--json` asks.
 * @param lang the language that was asked for
 */
export function outletFor({ json, lang }: { readonly json: boolean; readonly lang?: Language }): Outlet {
  const stream = json ? process.stderr : process.stdout;
  return {
    color: isColored(stream),
    language: languageOf(lang),
    say: (text) => void stream.write(`${text}\n`),
  };
}
