import { existsSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { isStoreError, StoreError } from "../errors.ts";
import type { Committed, Store } from "../store.ts";
import { CommitQueue } from "./commit-queue.ts";
import { makeDatabaseFile, removeDatabaseFile } from "./database-file.ts";
import { groupOperations } from "./groups.ts";
import { findLogLoss, markEnded, markInUse } from "./log-loss.ts";
import { membership as prepareMembership } from "./membership.ts";
import { messageTable } from "./message-table.ts";
import { messageOperations } from "./messages.ts";
import { prepareSchema } from "./schema.ts";
import { sessionOperations } from "./sessions.ts";
import { userOperations } from "./users.ts";

/** How to open a database. */
export interface SqliteOptions {
  /** A file, or `:memory:`. */
  file: string;
  /** `power`: fsync at each commit; `process`: the operating system writes when it likes. */
  durability: "process" | "power";
  committed: Committed;
  /** Whether to refuse a database whose log is missing or could not be taken whole; else it is logged. */
  strictLog: boolean;
  log(line: string): void;
}

/** Pages of the log after which they are copied into the database file; fewer, larger copies cost less in all. */
const CHECKPOINT_PAGES = 8192;
const CACHE_KIBIBYTES = 65_536;

/** Opens the database and makes its tables when it is new. @throws StoreError */
export function openSqliteStore(options: SqliteOptions): Store {
  const { file } = options;
  if (file !== ":memory:") lookForLogLoss(options);
  const hasLog = existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0;
  const isNew = makeDatabaseFile(file);
  let database: DatabaseSync | undefined;
  try {
    database = openDatabase(options);
    if (hasLog) checkAfterCrash(database, file);
    const store = storeOver(database, options, isNew);
    markInUse(database);
    return store;
  } catch (error) {
    database?.close();
    if (isNew) removeDatabaseFile(file);
    throw error;
  }
}

/** SQLite takes what it can of a log and removes the rest, so that nothing may be opened before. */
function lookForLogLoss({ file, strictLog, log }: SqliteOptions): void {
  const loss = findLogLoss(file);
  if (loss === undefined) return;
  if (!strictLog) log(loss);
  else throw new StoreError("corrupt", `${loss}; nothing was changed: restore the log, or start without --strict-log`);
}

function openDatabase({ file, durability }: SqliteOptions): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = ${durability === "power" ? "FULL" : "NORMAL"};
      PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
      PRAGMA cache_size = -${CACHE_KIBIBYTES};
      PRAGMA temp_store = MEMORY`);
    prepareSchema(database, file);
    return database;
  } catch (error) {
    database?.close();
    if (isStoreError(error)) throw error;
    throw new StoreError("unavailable", `cannot open the database ${file}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/**
 * A log that was left behind means that the last process was killed. SQLite has taken from it every transaction whose
 * checksums hold; what the file then contains is looked at before any of it is served.
 * @throws StoreError `corrupt`
 */
function checkAfterCrash(database: DatabaseSync, file: string): void {
  let verdict: string;
  try {
    const row = database.prepare("PRAGMA quick_check(1)").get() as { quick_check: string };
    verdict = row.quick_check;
  } catch (error) {
    verdict = (error as Error).message;
  }
  if (verdict !== "ok") {
    throw new StoreError("corrupt", `the database ${file} is damaged (${verdict}); restore it from a backup`);
  }
}

function storeOver(database: DatabaseSync, { file, committed }: SqliteOptions, isNew: boolean): Store {
  const queue = new CommitQueue(database, committed);
  const messages = messageTable(database);
  const membership = prepareMembership(database);
  const { findNicknames, ...users } = userOperations(database, queue, messages);
  const close = async (): Promise<void> => {
    queue.close();
    markEnded(database);
    database.close();
  };
  return {
    ...users,
    ...messageOperations(database, queue, messages, membership),
    ...sessionOperations(database, queue),
    ...groupOperations(database, queue, { messages, membership, findNicknames }),
    ping: () => queue.probe(),
    close,
    async abandon() {
      await close();
      // The last one to close takes the log away: where it is still there, somebody else serves this database by now.
      if (isNew && !existsSync(`${file}-wal`)) removeDatabaseFile(file);
    },
  };
}
