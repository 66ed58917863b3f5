import { mkdir, writeFile } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import { CuppingError } from "../../harness/errors.ts";
import { type Result, writeResult } from "../../harness/result/index.ts";
import { type ReportFormat, writeReports } from "../../reports/index.ts";

/** Where a result goes. */
interface Destination {
  readonly folder: string;
  readonly formats: readonly ReportFormat[];
  /** To standard output, too. */
  readonly json: boolean;
}

/** Writes a result and its reports. @returns the paths of the files, from here where they are below */
export async function publish(result: Result, { folder, formats, json }: Destination): Promise<string[]> {
  const file = await writeResult(folder, result);
  const reports = await writeReports(folder, result, formats);
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  return [file, ...reports.map(({ path }) => path)].map(fromHere);
}

function fromHere(path: string): string {
  const below = relative(process.cwd(), path);
  return below.startsWith("..") || isAbsolute(below) ? path : below;
}

/** Writes a file into a folder, which is made if it is missing, and returns its path. */
export async function writeText(folder: string, name: string, text: string): Promise<string> {
  const path = join(folder, name);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new CuppingError("harness", `could not write ${path}: ${(error as Error).message}`, { cause: error });
  }
  return path;
}

/** Whether a person reads standard error on a terminal, and wants colours. */
export function isColored(): boolean {
  return process.stderr.isTTY === true && !process.env["NO_COLOR"];
}
