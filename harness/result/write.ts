import { join } from "node:path";
import { CuppingError } from "../errors.ts";
import type { Result } from "./result.ts";
import { validateResult } from "./schema.ts";
import { writeWhole } from "./write-whole.ts";

/** Name of the result file within a run's folder. */
export const RESULT_FILE = "result.json";

/**
 * Writes `result.json` into a folder, which is made if it is missing, whole or not at all. A result that does not match
 * the published schema is a fault of the harness and is refused.
 *
 * @returns the path of the file
 */
export async function writeResult(dir: string, result: Result): Promise<string> {
  const problem = await validateResult(result);
  if (problem !== undefined) throw new CuppingError("harness", `the result does not match its own schema: ${problem}`);
  return await writeWhole(join(dir, RESULT_FILE), `${JSON.stringify(result, undefined, 1)}\n`);
}
