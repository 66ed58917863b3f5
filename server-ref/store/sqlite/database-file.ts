import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { StoreError } from "../errors.ts";

/**
 * Makes an empty database file where there is none, which nobody but its owner may read; SQLite gives the files beside
 * it the same mode.
 * @returns whether it was made
 * @throws StoreError `unavailable` when its folder is missing
 */
export function makeDatabaseFile(file: string): boolean {
  if (file === ":memory:" || existsSync(file)) return false;
  const folder = dirname(file);
  if (!existsSync(folder)) {
    throw new StoreError("unavailable", `cannot open the database ${file}: there is no folder ${folder}`);
  }
  try {
    closeSync(openSync(file, "wx", 0o600));
    return true;
  } catch {
    // SQLite says what hinders it; another process may also have been faster.
    return false;
  }
}

/** Removes a database and the files beside it. */
export function removeDatabaseFile(file: string): void {
  for (const path of [file, `${file}-wal`, `${file}-shm`]) rmSync(path, { force: true });
}
