// The thread of `LogCopier`: a connection of its own that copies the log into the database file when it is asked to.
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { LogCopyWorkerData } from "./log-copier.ts";

/** Pages that may be left to the server's own connection: about a millisecond. */
const FEW_PAGES = 256;

/** Against a server that writes as fast as pages are copied. */
const MOST_PASSES = 4;

const { file, synchronous } = workerData as LogCopyWorkerData;
const existing = pathToFileURL(file);
existing.searchParams.set("mode", "rw");
const database = new DatabaseSync(existing);
database.exec(`PRAGMA synchronous = ${synchronous}`);
const checkpoint = database.prepare("PRAGMA wal_checkpoint(PASSIVE)");

/** Goes over the log until nearly all of it is in the file; what was written meanwhile is the next pass's. */
function copyLog(): void {
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const { log, checkpointed } = checkpoint.get() as { log: number; checkpointed: number };
    if (log - checkpointed <= FEW_PAGES) return;
  }
}

parentPort?.on("message", (request: "copy" | "close") => {
  if (request === "close") {
    database.close();
    parentPort?.close();
    return;
  }
  try {
    copyLog();
  } catch {
    // A disk that is full or broken: the log stays as it is, and the next write tells what is wrong.
  }
  parentPort?.postMessage("copied");
});
