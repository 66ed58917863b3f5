import { createReadStream } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { writeWhole } from "../result/index.ts";
import type { Secrets } from "./secrets.ts";

/**
 * Blots the words of accounts out of the logs that a target's containers have left in a folder, if there is one.
 * @throws CuppingError `harness` when one cannot be written; it is removed then
 */
export async function hideInLogs(folder: string, secrets: Secrets): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => one.endsWith(".log"))) {
    const path = join(folder, name);
    const text = await readFile(path, "utf8");
    const hidden = secrets.hideInText(text);
    if (hidden === text) continue;
    try {
      await writeWhole(path, hidden);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }
}

/** Line by line what comes, without the words of accounts. */
export async function* hideInLines(input: NodeJS.ReadableStream, secrets: Secrets): AsyncGenerator<string> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    yield `${secrets.hideInText(line)}\n`;
  }
}

/**
 * Copies a text file that gzip has packed, however long it is, without the words of accounts.
 * @returns the path of the copy
 * @throws CuppingError `harness` when it cannot be written
 */
export async function hideInFile(from: string, to: string, secrets: Secrets): Promise<string> {
  return await pipeline(
    createReadStream(from),
    createGunzip(),
    (unpacked: NodeJS.ReadableStream) => hideInLines(unpacked, secrets),
    createGzip(),
    (packed: AsyncIterable<Buffer>) => writeWhole(to, packed),
  );
}
