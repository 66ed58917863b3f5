import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isOwnerGone, ownerName } from "./owner.ts";

/**
 * Makes a folder of this process in the system's temporary one, and takes away what processes have left there that were
 * killed. Its maker removes it.
 * @param what a word for its name
 * @throws the system's error
 */
export function makeOwnFolder(what: string): string {
  removeOrphanedFolders();
  return mkdtempSync(join(tmpdir(), `cupping-${what}-${ownerName()}-`));
}

function removeOrphanedFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = /^cupping-[a-z0-9]+-([0-9a-f]{8}-\d+)-\w{6}$/.exec(name)?.[1];
    if (owner === undefined || !isOwnerGone(owner)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's, or another command is at it as well.
    }
  }
}
