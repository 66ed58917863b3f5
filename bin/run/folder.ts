import { mkdir, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CuppingError } from "../../harness/errors.ts";

/**
 * Makes the folder `reports/out/<time>-<what>` for what a command writes. It is new: where two commands begin in the
 * same second, the later one's name ends in `-2`.
 * @throws CuppingError `harness` when it cannot be made
 */
async function makeResultFolder(what: string, now: Date = new Date()): Promise<string> {
  const name = join("reports", "out", `${now.toISOString().slice(0, 19).replaceAll(":", "-")}-${what}`);
  try {
    await mkdir(dirname(name), { recursive: true });
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
    await mkdir(folder, { recursive: true });
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

/** Takes a folder away that nothing was written into. */
export async function removeIfEmpty(path: string): Promise<void> {
  await rmdir(path).catch(() => undefined);
}
