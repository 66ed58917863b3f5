import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Secrets } from "./secrets.ts";

/** Blots the words of accounts out of the logs that a target's containers have left in a folder, if there is one. */
export async function hideInLogs(folder: string, secrets: Secrets): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => one.endsWith(".log"))) {
    const path = join(folder, name);
    const text = await readFile(path, "utf8");
    const hidden = secrets.hideInText(text);
    if (hidden !== text) await writeFile(path, hidden);
  }
}
