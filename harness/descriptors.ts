import { CuppingError } from "./errors.ts";

/** Files and sockets that a process of ours has open beside its connections, and some more. */
export const OWN_DESCRIPTORS = 64;

/** How many files and sockets this process, and each that it starts, may have open at a time. */
export function descriptorLimit(): number {
  const report = process.report?.getReport() as
    | { userLimits?: { open_files?: { soft?: number | string } } }
    | undefined;
  const soft = Number(report?.userLimits?.open_files?.soft);
  return Number.isFinite(soft) ? soft : 1_000_000;
}

/**
 * Makes sure that a run does not fail in the middle for want of files and sockets, which would look like the target's
 * doing.
 * @param needed at a time, in any of its processes
 * @throws CuppingError `harness` when this process may have fewer
 */
export function requireDescriptors(needed: number): void {
  const limit = descriptorLimit();
  if (limit >= needed) return;
  throw new CuppingError(
    "harness",
    `this process may have ${limit} files and connections open at a time, and this run needs up to ${needed}: raise its limit (ulimit -n ${needed})`,
  );
}
