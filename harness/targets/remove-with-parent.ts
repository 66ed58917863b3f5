import { spawn } from "node:child_process";

/** Removes something when this process is gone. */
export interface Guard {
  /** Calls the guard off: all was removed in order. */
  dismiss(): void;
}

/**
 * Makes sure that `command` is run when this process ends, however that happens: a small shell waits for the end of
 * its input, which the system closes even when this process was killed.
 */
export function removeWithParent(command: readonly string[]): Guard {
  const shell = spawn("sh", ["-c", 'read -r dismissed || "$@"', "sh", ...command], {
    stdio: ["pipe", "ignore", "ignore"],
    // A group of its own: Ctrl-C must not end the guard before what it guards.
    detached: true,
  });
  shell.on("error", () => {});
  shell.stdin.on("error", () => {});
  shell.unref();
  (shell.stdin as NodeJS.WritableStream & { unref?(): void }).unref?.();
  return { dismiss: () => void shell.stdin.end("dismissed\n") };
}
