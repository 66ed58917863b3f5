import type { DatabaseSync } from "node:sqlite";
import { StoreError } from "../errors.ts";
import type { Committed } from "../store.ts";

interface Operation {
  run(): unknown;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** How long operations wait for a database that another process has locked, in milliseconds, and how often they try. */
const LOCKED_FOR_MS = 1000;
const RETRY_MS = 20;

/** How long a write that the disk refused is held against the store, in milliseconds, while none succeeds. */
const FAILED_FOR_MS = 10_000;

const SQLITE_BUSY = 5;

/** Read-only, input or output error, damaged, full, cannot open: primary codes of what a disk does. */
const DISK_ERRORS: ReadonlySet<number> = new Set([8, 10, 11, 13, 14]);

function isOfDisk(error: unknown): error is Error {
  return DISK_ERRORS.has(((error as { errcode?: number }).errcode ?? 0) & 0xff);
}

function isLocked(error: unknown): boolean {
  return (error as { errcode?: number }).errcode === SQLITE_BUSY;
}

/**
 * Runs operations in the order they came, all those of one turn of the event loop in one transaction, so that a
 * commit (and an fsync) is paid once per turn. Nobody learns an operation's result before it is durable (MSG-03).
 *
 * When anything in a transaction fails, it is rolled back and each of its operations runs again in a transaction of
 * its own: one that fails takes no other with it, and leaves no trace (MSG-20).
 */
export class CommitQueue {
  readonly #database: DatabaseSync;
  readonly #committed: Committed;
  readonly #explain: (error: unknown) => unknown;
  #waiting: Operation[] = [];
  #scheduled = false;
  #lockedSince: number | undefined;
  #closed = false;
  /** The last write that the disk refused, unless one has succeeded since. */
  #refused: { error: Error; at: number } | undefined;

  /** @param explain makes of an error what callers get */
  constructor(database: DatabaseSync, committed: Committed, explain: (error: unknown) => unknown) {
    this.#database = database;
    this.#committed = committed;
    this.#explain = explain;
  }

  /** Runs an operation that changes the database. It may run twice, the first time without effect. */
  write<Result>(run: () => Result): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      if (this.#closed) {
        reject(new StoreError("closed", "the store is closed"));
        return;
      }
      this.#waiting.push({ run, resolve: resolve as (result: unknown) => void, reject });
      if (this.#scheduled) return;
      this.#scheduled = true;
      setImmediate(this.#commit);
    });
  }

  /** Runs an operation that changes nothing: at once, unless writes that it must see are waiting. */
  async read<Result>(run: () => Result): Promise<Result> {
    if (this.#waiting.length > 0 || this.#closed) return this.write(run);
    try {
      return run();
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /**
   * Fulfilled when the database can be written now and no write has just been refused: a disk may have room for a page
   * and none for a message.
   */
  async probe(): Promise<void> {
    await this.write(() => this.#database.exec(`PRAGMA user_version = ${this.#schemaVersion()}`));
    const refused = this.#refused;
    if (refused !== undefined && performance.now() - refused.at < FAILED_FOR_MS) throw refused.error;
  }

  /** Rows that were changed since the database was opened; the version is none. */
  #changes(): number {
    return (this.#database.prepare("SELECT total_changes() AS changes").get() as { changes: number }).changes;
  }

  /** Writing it anew changes nothing, but is a write. */
  #schemaVersion(): number {
    return (this.#database.prepare("PRAGMA user_version").get() as { user_version: number }).user_version;
  }

  /** Commits what waits and takes nothing more. */
  close(): void {
    this.#lockedSince = -Infinity;
    this.#commit();
    this.#closed = true;
  }

  readonly #commit = (): void => {
    this.#scheduled = false;
    const operations = this.#waiting;
    if (operations.length === 0) return;
    const begun = performance.now();
    const changesBefore = this.#refused && this.#changes();
    let results: unknown[];
    try {
      results = this.#transact(operations);
    } catch (error) {
      if (isLocked(error) && this.#waitForLock()) return;
      this.#waiting = [];
      this.#runEachAlone(operations, error);
      return;
    }
    this.#waiting = [];
    this.#lockedSince = undefined;
    // What changed nothing was not written.
    if (changesBefore !== undefined && this.#changes() > changesBefore) this.#refused = undefined;
    this.#committed(performance.now() - begun, operations.length);
    for (const [index, operation] of operations.entries()) operation.resolve(results[index]);
  };

  /** All results, once they are committed; or throws, and nothing has happened. */
  #transact(operations: readonly Operation[]): unknown[] {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const results = operations.map((operation) => operation.run());
      this.#database.exec("COMMIT");
      return results;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  #rollBack(): void {
    // After some errors (a full disk) SQLite has rolled back by itself.
    if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
  }

  /** Tries again soon, unless the lock has been held for too long. */
  #waitForLock(): boolean {
    this.#lockedSince ??= performance.now();
    if (performance.now() - this.#lockedSince > LOCKED_FOR_MS) return false;
    this.#scheduled = true;
    setTimeout(this.#commit, RETRY_MS);
    return true;
  }

  #runEachAlone(operations: readonly Operation[], cause: unknown): void {
    this.#lockedSince = undefined;
    if (isOfDisk(cause)) this.#refused = { error: cause, at: performance.now() };
    for (const operation of operations) {
      if (operations.length === 1 || isLocked(cause)) {
        operation.reject(this.#explain(cause));
        continue;
      }
      try {
        const [result] = this.#transact([operation]);
        operation.resolve(result);
      } catch (error) {
        operation.reject(this.#explain(error));
      }
    }
  }
}
