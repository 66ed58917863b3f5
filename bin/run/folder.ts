import { mkdir, readdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CuppingError } from "../../harness/errors.ts";
import { makeFolder, RESULT_FILE } from "../../harness/result/index.ts";
import { reportFiles } from "../../reports/index.ts";
import { CAPSULES, isCapsuleName } from "../conformance/capsule-name.ts";

/** The folder of the folders that runs make for their results where none is named. */
export const RESULT_FOLDERS: string = join("reports", "out");

/**
 * Makes the folder `reports/out/<time>-<what>` for what a command writes. It is new: where two commands begin in the
 * same second, the later one's name ends in `-2`.
 * @throws CuppingError `harness` when it cannot be made
 */
async function makeResultFolder(what: string, now: Date = new Date()): Promise<string> {
  const name = join(RESULT_FOLDERS, `${now.toISOString().slice(0, 19).replaceAll(":", "-")}-${what}`);
  try {
    await makeFolder(dirname(name));
    for (let count = 1; ; count++) {
      const path = count === 1 ? name : `${name}-${count}`;
      if (await isNew(path)) return path;
    }
  } catch (cause) {
    throw new CuppingError("harness", `could not make the folder ${name}: ${(cause as Error).message}`, { cause });
  }
}

/**
 * The folder for what a command writes, the one that is named or a new one. It is there and can be written to: who is
 * told so only after a long run has lost what was measured.
 * @throws CuppingError `harness`
 */
export async function openResultFolder(named: string | undefined, what: string, now?: Date): Promise<string> {
  const folder = named ?? (await makeResultFolder(what, now));
  const probe = join(folder, `.probe.${process.pid}.tmp`);
  try {
    await makeFolder(folder);
    await writeFile(probe, "");
    await rm(probe);
  } catch (cause) {
    throw new CuppingError("harness", `could not write into ${folder}: ${(cause as Error).message}`, { cause });
  }
  return folder;
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

/** Takes a folder away that nothing was written into. */
export async function removeIfEmpty(path: string): Promise<void> {
  await rmdir(path).catch(() => undefined);
}
