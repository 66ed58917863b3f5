import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { CuppingError } from "../errors.ts";
import type { Result } from "./result.ts";
import { validateResult } from "./schema.ts";

/** Name of the result file within a run's folder. */
export const RESULT_FILE = "result.json";

/**
 * Writes `result.json` into a folder, which is made if it is missing.
 *
 * The file appears whole or not at all: it is written and flushed under another name, then renamed. A result that
 * does not match the published schema is a fault of the harness and is refused.
 *
 * @returns the path of the file
 */
export async function writeResult(dir: string, result: Result): Promise<string> {
  const problem = await validateResult(result);
  if (problem !== undefined) throw new CuppingError("harness", `the result does not match its own schema: ${problem}`);
  const path = join(dir, RESULT_FILE);
  const temporary = join(dir, `.${RESULT_FILE}.${process.pid}.tmp`);
  try {
    await mkdir(dir, { recursive: true });
    const file = await open(temporary, "w");
    try {
      await file.writeFile(`${JSON.stringify(result, undefined, 1)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    // The reason to tell is the first one, so a failing clean-up stays silent.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new CuppingError("harness", `could not write ${path}: ${(error as Error).message}`, { cause: error });
  }
  return path;
}
