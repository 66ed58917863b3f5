import { once } from "node:events";
import { closeSync, openSync, readSync } from "node:fs";
import { extname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { systemReason } from "../errors.ts";
import { INDEX_HEAD, pagesInIndex } from "./log-file.ts";

/** What the thread is started with. */
export interface LogCopyWorkerData {
  file: string;
  synchronous: string;
}

/** How to copy a log. */
export interface LogCopierOptions extends LogCopyWorkerData {
  database: DatabaseSync;
  /** Pages after which the log is copied into the database file; fewer, larger copies cost less in all. */
  pages: number;
  log(line: string): void;
}

/** Commits from one look at the log's length to the next. */
const COMMITS_PER_LOOK = 64;

/**
 * Copies a database's log into its file in a thread of its own, so that nobody waits meanwhile: a copy takes tens of
 * milliseconds, most of them waiting for the disk. The log begins anew only when all of it was copied while nobody wrote;
 * so the last few pages, those that were written during the copy, are copied by the connection that writes.
 */
export class LogCopier {
  readonly #options: LogCopierOptions;
  #worker: Worker | undefined;
  #index: number | undefined;
  #commits = 0;
  #isCopying = false;
  /** Nothing is asked of the thread any more: the store is closed, or the thread has ended. */
  #ended = false;

  constructor(options: LogCopierOptions) {
    this.#options = options;
  }

  /** To be called after each commit. */
  committed(): void {
    if (++this.#commits % COMMITS_PER_LOOK !== 0 || this.#isCopying || this.#ended) return;
    if (this.#pagesToCopy() < this.#options.pages) return;
    this.#isCopying = true;
    this.#worker ??= this.#start();
    this.#worker.postMessage("copy");
  }

  /** Ends the thread and its connection, which would else be the last one that has the database open. */
  async close(): Promise<void> {
    const isRunning = !this.#ended;
    this.#ended = true;
    if (this.#index !== undefined) closeSync(this.#index);
    const worker = this.#worker;
    if (worker === undefined || !isRunning) return;
    worker.ref();
    const ended = once(worker, "exit");
    worker.postMessage("close");
    await ended;
  }

  #pagesToCopy(): number {
    this.#index ??= openSync(`${this.#options.file}-shm`, "r");
    const head = Buffer.alloc(2 * INDEX_HEAD + 4);
    readSync(this.#index, head, 0, head.length, 0);
    const { pages, copied } = pagesInIndex(head);
    return pages - copied;
  }

  #start(): Worker {
    const script = new URL(`./log-copy-worker${extname(import.meta.url)}`, import.meta.url);
    const { file, synchronous, database, log, pages } = this.#options;
    const worker = new Worker(script, { workerData: { file, synchronous } satisfies LogCopyWorkerData });
    worker.unref();
    worker.on("message", () => {
      this.#isCopying = false;
      if (!this.#ended) database.exec("PRAGMA wal_checkpoint(PASSIVE)");
    });
    worker.on("error", (error) => {
      this.#ended = true;
      database.exec(`PRAGMA wal_autocheckpoint = ${pages}`);
      log(`${file}-wal is copied between two messages from now on, not beside them: ${systemReason(error)}`);
    });
    return worker;
  }
}
