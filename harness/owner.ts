import { createHash } from "node:crypto";
import { hostname } from "node:os";

/** A process, told apart from those of other machines that use the same engine or folder. */
export function ownerName(pid: number = process.pid): string {
  return `${createHash("sha256").update(hostname()).digest("hex").slice(0, 8)}-${pid}`;
}

/** Whether an owner's name is that of a process of this machine which is gone. */
export function isOwnerGone(owner: string): boolean {
  const pid = Number(owner.split("-")[1]);
  if (!Number.isInteger(pid) || pid <= 0 || owner !== ownerName(pid)) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as { code?: string }).code === "ESRCH";
  }
}
