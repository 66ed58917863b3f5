import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { readLogState } from "./log-file.ts";

/** Values of `application_id`: a server has the database open, or the last one ended in order. */
const IN_USE = 0x43494d31;
const ENDED = 0x43494d30;

/** Where it stands in the file's head (sqlite.org/fileformat.html, section 1.3). */
const APPLICATION_ID_AT = 68;

/**
 * Notes in the database file itself, and not in its log alone, that a log is due from now on. A database that cannot be
 * written is served all the same.
 */
export function markInUse(database: DatabaseSync): void {
  try {
    database.exec(`PRAGMA application_id = ${IN_USE}; PRAGMA wal_checkpoint(TRUNCATE)`);
  } catch {}
}

/** Notes that no log is due any more: the last connection that closes takes it into the file. */
export function markEnded(database: DatabaseSync): void {
  try {
    database.exec(`PRAGMA application_id = ${ENDED}`);
  } catch {}
}

function isMarkedInUse(file: string): boolean {
  const id = Buffer.alloc(4);
  const descriptor = openSync(file, "r");
  try {
    readSync(descriptor, id, 0, 4, APPLICATION_ID_AT);
  } finally {
    closeSync(descriptor);
  }
  return id.readUInt32BE() === IN_USE;
}

/**
 * That a log has no database to be taken into, in one sentence; undefined when it has, or holds nothing. SQLite takes
 * such a log for a stray and removes it.
 */
export function findOrphanedLog(file: string): string | undefined {
  const isMissing = !existsSync(file);
  if (!isMissing && statSync(file).size > 0) return undefined;
  const { taken } = readLogState(file);
  if (taken === 0) return undefined;
  const state = isMissing ? "missing" : "empty";
  return `the database ${file} is ${state}, but its log ${file}-wal holds ${taken} pages; bring the database back, or move the log away`;
}

/**
 * What of a database's log is lost, in one sentence; undefined when everything that was due is there. Call it before
 * SQLite opens the database, which takes what it can and removes the rest.
 */
export function findLogLoss(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const log = `${file}-wal`;
  const { taken, due } = readLogState(file);
  if (!existsSync(log)) {
    if (due === 0 && !isMarkedInUse(file)) return undefined;
    const held = due === 0 ? "" : `, with ${due} pages,`;
    return `the log ${log}${held} is missing although the last server did not end in order: what was written last may be lost`;
  }
  if (taken >= due) return undefined;
  return `the log ${log} could not be taken whole: ${taken} of ${due} pages are whole, what the other ${due - taken} held is lost`;
}
