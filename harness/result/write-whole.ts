import { lstat, open, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CuppingError } from "../errors.ts";
import { systemReason } from "../system-reason.ts";
import { makeFolder } from "./make-folder.ts";

/**
 * Writes a file, whose folder is made if it is missing. The file appears whole or not at all: it is written and flushed
 * under another name beside its place, then renamed. A device, a pipe or a link is written to as it is.
 * @param content the whole text, or what brings it piece by piece
 * @returns the path of the file
 * @throws CuppingError `harness` when it cannot be written; what was there before is still there
 */
export async function writeWhole(path: string, content: string | AsyncIterable<Uint8Array>): Promise<string> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    await makeFolder(dirname(path));
    const there = await lstat(path).catch(() => undefined);
    if (there !== undefined && !there.isFile()) {
      await writeFile(path, content);
      return path;
    }
    const file = await open(temporary, "w");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    // The reason to tell is the first one, so a failing clean-up stays silent.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new CuppingError("harness", `could not write ${path}: ${systemReason(error)}`, { cause: error });
  }
  return path;
}
