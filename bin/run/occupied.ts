import { rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CuppingError } from "../../harness/errors.ts";
import { systemReason } from "../../harness/system-reason.ts";
import { openResultFolder, type ResultFolder } from "./folder.ts";

/** In the folder of a run while it lasts; holds the number of its process. */
const MARK = ".cupping-run";

/**
 * The folder of a run, as {@link openResultFolder} makes it, for this run alone until it is discarded.
 * @throws CuppingError `harness`; `usage` when another run of this machine has it
 */
export async function takeResultFolder(named: string | undefined, what: string, now?: Date): Promise<ResultFolder> {
  const { path, discard } = await openResultFolder(named, what, now);
  const release = await occupy(path);
  return {
    path,
    async discard() {
      release();
      await discard();
    },
  };
}

/**
 * Takes a folder for a run: two that write into one would replace each other's results and mix their capsules. What a
 * run left that was killed counts for nothing.
 * @param folder is there
 * @returns gives it back, which happens with the end of the process in any case
 * @throws CuppingError `usage` when another run of this machine has it
 */
export async function occupy(folder: string): Promise<() => void> {
  const mark = join(folder, MARK);
  if (await make(mark)) return holding(mark);
  const holder = Number(await readFile(mark, "utf8").catch(() => ""));
  if (await isRun(holder)) throw occupied(folder, holder);
  rmSync(mark, { force: true });
  if (await make(mark)) return holding(mark);
  throw occupied(folder, undefined);
}

function holding(mark: string): () => void {
  const release = (): void => rmSync(mark, { force: true });
  process.once("exit", release);
  return () => {
    process.off("exit", release);
    release();
  };
}

function occupied(folder: string, pid: number | undefined): CuppingError {
  const who = pid === undefined ? "another run" : `another run (process ${pid})`;
  return new CuppingError(
    "usage",
    `${folder} is in use by ${who}: wait for its end, or name another folder with --out`,
  );
}

/** @returns whether it was not there */
async function make(mark: string): Promise<boolean> {
  try {
    await writeFile(mark, String(process.pid), { flag: "wx" });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    rmSync(mark, { force: true });
    throw new CuppingError("harness", `could not write ${mark}: ${systemReason(cause)}`, { cause });
  }
}

/** Whether a process lives and is a run of ours: numbers come again, and in containers they are always the same ones. */
async function isRun(pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // One of another user's lives as well.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const words = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  return words === undefined || words.includes("cupping");
}
