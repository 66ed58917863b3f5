import { glob, stat } from "node:fs/promises";
import { join } from "node:path";
import { CuppingError, isCuppingError } from "../../harness/errors.ts";
import { type Result, readResult } from "../../harness/result/index.ts";

/** Reads each of the files or folders given, in their order. */
export function readResults(paths: readonly string[]): Promise<Result[]> {
  return Promise.all(paths.map((path) => readResult(path)));
}

/**
 * Reads every `result.json` below a folder, and every other JSON file in it that is a result, oldest run first.
 *
 * @throws CuppingError `no-result` when there is no such folder or no result in it; `usage` when a `result.json` is broken
 */
export async function findResults(dir: string): Promise<Result[]> {
  const found = await stat(dir).catch(() => undefined);
  if (!found?.isDirectory()) throw new CuppingError("no-result", `there is no folder ${dir} to search for results`);
  const results: Result[] = [];
  for await (const path of glob("**/*.json", { cwd: dir, exclude: (name) => name === "node_modules" })) {
    const result = await readResult(join(dir, path)).catch((error: unknown) => {
      // A folder of results may hold other JSON; a broken result.json may not be passed over in silence.
      if (isCuppingError(error, "usage") && !path.endsWith("result.json")) return undefined;
      throw error;
    });
    if (result !== undefined) results.push(result);
  }
  if (results.length === 0) throw new CuppingError("no-result", `there is no result file in ${dir}`);
  return results.sort((a, b) => a.run.startedAt.localeCompare(b.run.startedAt) || a.run.id.localeCompare(b.run.id));
}
