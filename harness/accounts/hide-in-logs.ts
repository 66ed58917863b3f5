import { createReadStream, createWriteStream } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
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

/** Line by line what comes, without the words of accounts. */
export async function* hideInLines(input: Readable, secrets: Secrets): AsyncGenerator<string> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    yield `${secrets.hideInText(line)}\n`;
  }
}

/** Copies a text file that gzip has packed, however long it is, without the words of accounts. */
export async function hideInFile(from: string, to: string, secrets: Secrets): Promise<void> {
  const unpacked = createGunzip();
  const copied = pipeline(hideInLines(unpacked, secrets), createGzip(), createWriteStream(to));
  await Promise.all([pipeline(createReadStream(from), unpacked), copied]);
}
