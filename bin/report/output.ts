import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CuppingError } from "../../harness/errors.ts";

/** The default folder for what a command writes: `reports/out/<time>-<what>`. */
export function timeStampedDir(what: string, now: Date = new Date()): string {
  return join("reports", "out", `${now.toISOString().slice(0, 19).replaceAll(":", "-")}-${what}`);
}

/** Writes a file into a folder, which is made if it is missing, and returns its path. */
export async function writeText(dir: string, name: string, text: string): Promise<string> {
  const path = join(dir, name);
  try {
    await mkdir(dir, { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new CuppingError("harness", `could not write ${path}: ${(error as Error).message}`, { cause: error });
  }
  return path;
}
