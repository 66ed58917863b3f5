import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CuppingError } from "../../harness/errors.ts";
import { makeFolder, RESULT_FILE, removeEmpty } from "../../harness/result/index.ts";
import { systemReason } from "../../harness/system-reason.ts";
import { reportFiles } from "../../reports/index.ts";
import { CAPSULES, isCapsuleName } from "../conformance/capsule-name.ts";

/** The folder of the folders that runs make for their results where none is named. */
export const RESULT_FOLDERS: string = join("reports", "out");

/** A folder that a command may write into. */
export interface ResultFolder {
  readonly path: string;
  /** Takes away again what was made for it, as far as nothing was written into it. */
  discard(): Promise<void>;
}

/** How often a folder is made again that another command takes away meanwhile. */
const ATTEMPTS = 20;

/** Makes something in a folder that was empty until now, so that another command which made it may take it away again. */
async function whileOthersDiscard<Made>(make: () => Promise<Made>): Promise<Made> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await make();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || attempt === ATTEMPTS) throw error;
    }
  }
}

/**
 * Makes the folder `reports/out/<time>-<what>` for what a command writes. It is new: where two commands begin in the
 * same second, the later one's name ends in `-2`.
 * @returns what was made, the folder itself last
 * @throws CuppingError `harness` when it cannot be made
 */
async function makeResultFolder(
  what: string,
  now: Date = new Date(),
): Promise<readonly [...above: string[], folder: string]> {
  const name = join(RESULT_FOLDERS, `${now.toISOString().slice(0, 19).replaceAll(":", "-")}-${what}`);
  const above = new Set<string>();
  try {
    return await whileOthersDiscard(async () => {
      for (const made of await makeFolder(dirname(name))) above.add(made);
      for (let count = 1; ; count++) {
        const path = count === 1 ? name : `${name}-${count}`;
        if (await isNew(path)) return [...above, path] as const;
      }
    });
  } catch (cause) {
    throw new CuppingError("harness", `could not make the folder ${name}: ${systemReason(cause)}`, { cause });
  }
}

/**
 * The folder for what a command writes, the one that is named or a new one. It is there and can be written to: who is
 * told so only after a long run has lost what was measured.
 * @throws CuppingError `harness`
 */
export async function openResultFolder(named: string | undefined, what: string, now?: Date): Promise<ResultFolder> {
  const made = named === undefined ? await makeResultFolder(what, now) : await makeWritable(named);
  return { path: named ?? (made.at(-1) as string), discard: () => removeEmpty(made) };
}

/**
 * Makes a folder, and proves that it can be written into.
 * @returns what was made for it, the outermost first
 * @throws CuppingError `harness`
 */
async function makeWritable(folder: string): Promise<string[]> {
  const probe = join(folder, `.probe.${randomUUID()}.tmp`);
  const made = new Set<string>();
  try {
    await whileOthersDiscard(async () => {
      for (const one of await makeFolder(folder)) made.add(one);
      await writeFile(probe, "");
    });
    await rm(probe);
    return [...made];
  } catch (cause) {
    await removeEmpty([...made]);
    throw new CuppingError("harness", `could not write into ${folder}: ${systemReason(cause)}`, { cause });
  }
}

/** Proves that a folder can be made or written into, and leaves everything as it was. @throws CuppingError `harness` */
export async function probeFolder(folder: string): Promise<void> {
  await removeEmpty(await makeWritable(folder));
}

/** Proves that a file can be written, and leaves everything as it was. @throws CuppingError `harness` */
export async function probeFile(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw new CuppingError("harness", `could not write ${path}: it is a folder`);
  await probeFolder(dirname(path));
}

async function isNew(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** What an earlier run may have left in its folder, beside the capsules. */
const LEFT_BY_RUNS: readonly string[] = [RESULT_FILE, ...reportFiles];

/**
 * Clears a folder of what an earlier run wrote into it, so that nothing of that run stands beside this one's result. A
 * folder without a result of ours is left as it is, and so is every file that this tool did not write.
 */
export async function clearResults(folder: string): Promise<void> {
  if (!(await holdsResult(folder))) return;
  for (const name of LEFT_BY_RUNS) await rm(join(folder, name), { force: true });
  const capsules = join(folder, CAPSULES);
  for (const name of await readdir(capsules).catch(() => [])) {
    if (isCapsuleName(name)) await rm(join(capsules, name), { force: true });
  }
  await rmdir(capsules).catch(() => undefined);
}

async function holdsResult(folder: string): Promise<boolean> {
  try {
    const { tool } = JSON.parse(await readFile(join(folder, RESULT_FILE), "utf8")) as { tool?: { name?: unknown } };
    return tool?.name === "cupping";
  } catch {
    return false;
  }
}
