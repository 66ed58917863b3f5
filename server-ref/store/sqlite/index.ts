import { existsSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { isStoreError, StoreError, systemReason } from "../errors.ts";
import type { Committed, Store } from "../store.ts";
import { CommitQueue } from "./commit-queue.ts";
import { damaged, explainDamage, isDamage } from "./damage.ts";
import { makeDatabaseFile, removeDatabaseFile } from "./database-file.ts";
import { groupOperations } from "./groups.ts";
import { LentContents } from "./lent-contents.ts";
import { LogCopier } from "./log-copier.ts";
import { findLogLoss, findOrphanedLog, markEnded, markInUse } from "./log-loss.ts";
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

/** Pages after which the connection that writes copies them itself: who should have done so does not keep up. */
const MOST_PAGES = 8 * CHECKPOINT_PAGES;

const SYNCHRONOUS = { power: "FULL", process: "NORMAL" };

const CACHE_KIBIBYTES = 65_536;

/** Largest database that is looked through at each start; a larger one would take seconds. */
const LOOKED_THROUGH_BYTES = 64 * 1024 * 1024;

/** Opens the database and makes its tables when it is new. @throws StoreError */
export function openSqliteStore(options: SqliteOptions): Store {
  const { file } = options;
  if (file !== ":memory:") lookForLogLoss(options);
  const hasLog = existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0;
  const isNew = makeDatabaseFile(file);
  const isSmall = !isNew && existsSync(file) && statSync(file).size <= LOOKED_THROUGH_BYTES;
  if (hasLog || isSmall) lookThrough(file);
  let database: DatabaseSync | undefined;
  try {
    database = openDatabase(options);
    const store = storeOver(database, options, isNew);
    markInUse(database);
    return store;
  } catch (error) {
    database?.close();
    if (isNew) removeDatabaseFile(file);
    throw explainDamage(file, error);
  }
}

/** SQLite takes what it can of a log and removes the rest, so that nothing may be opened before. */
function lookForLogLoss({ file, strictLog, log }: SqliteOptions): void {
  let orphan: string | undefined;
  let loss: string | undefined;
  try {
    orphan = findOrphanedLog(file);
    loss = findLogLoss(file);
  } catch {
    // A file that cannot be read: SQLite says so.
    return;
  }
  if (orphan !== undefined) throw new StoreError("corrupt", orphan);
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
      PRAGMA synchronous = ${SYNCHRONOUS[durability]};
      PRAGMA wal_autocheckpoint = ${MOST_PAGES};
      PRAGMA cache_size = -${CACHE_KIBIBYTES};
      PRAGMA temp_store = MEMORY`);
    prepareSchema(database, file);
    return database;
  } catch (error) {
    database?.close();
    if (isStoreError(error)) throw error;
    throw new StoreError("unavailable", `cannot open the database ${file}: ${systemReason(error)}`, {
      cause: error,
    });
  }
}

/**
 * Looks at what the file contains before any of it is served, however large it is where a log was left behind: the last
 * process was killed, and SQLite takes from the log every transaction whose checksums hold. A connection that cannot
 * write leaves the log where it is, for a database that is refused here and then brought back.
 * @throws StoreError `corrupt`
 */
function lookThrough(file: string): void {
  let verdict: string;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true });
    const row = database.prepare("PRAGMA quick_check(1)").get() as { quick_check: string };
    verdict = row.quick_check;
  } catch (error) {
    if (isDamage(error)) throw explainDamage(file, error);
    // What else hinders it, such as a lock or a file that is no database, is told when the database is opened.
    return;
  } finally {
    database?.close();
  }
  // It names the place in a line of its own.
  if (verdict !== "ok") throw damaged(file, verdict.replaceAll("\n", " "));
}

function storeOver(database: DatabaseSync, options: SqliteOptions, isNew: boolean): Store {
  const { file, committed, durability, log } = options;
  const copier =
    file === ":memory:"
      ? undefined
      : new LogCopier({ database, file, synchronous: SYNCHRONOUS[durability], pages: CHECKPOINT_PAGES, log });
  const onCommitted: Committed = (ms, operations) => {
    committed(ms, operations);
    copier?.committed();
  };
  const queue = new CommitQueue(database, onCommitted, (error) => explainDamage(file, error));
  const messages = messageTable(database);
  const membership = prepareMembership(database);
  const lent = new LentContents();
  const { findNicknames, ...users } = userOperations(database, queue, messages);
  const close = async (): Promise<void> => {
    queue.close();
    await copier?.close();
    markEnded(database);
    database.close();
  };
  return {
    ...users,
    ...messageOperations(database, queue, messages, membership, lent),
    ...sessionOperations(database, queue, lent),
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
