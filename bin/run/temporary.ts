import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CuppingError } from "../../harness/errors.ts";
import { systemReason } from "../../harness/system-reason.ts";
import { makeOwnFolder } from "../../harness/temporary-folder.ts";

/** Makes a folder that goes with this process, however it ends in order. @throws CuppingError `harness` */
export function makeTemporaryFolder(what: string): string {
  try {
    const folder = makeOwnFolder(what);
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    return folder;
  } catch (cause) {
    throw new CuppingError(
      "harness",
      `could not make the folder ${join(tmpdir(), `cupping-${what}`)}…: ${systemReason(cause)}`,
      { cause },
    );
  }
}

/** Writes a file that nobody but the user may read. @throws CuppingError `harness` */
export function writeSecretFile(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600 });
  } catch (cause) {
    throw new CuppingError("harness", `could not write ${path}: ${systemReason(cause)}`, { cause });
  }
}
