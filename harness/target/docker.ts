import { execFile, execFileSync, spawn } from "node:child_process";
import { promisify } from "node:util";
import { TargetError } from "../errors.ts";

const run = promisify(execFile);
/** Longest time for one command of the engine, in milliseconds: pulling an image may take minutes. */
const COMMAND_DEADLINE_MS = 600_000;

/**
 * Runs `docker` with these arguments and returns what it printed. The command line is used and not a library, so that
 * whoever has an engine needs nothing else: contexts, remote engines and log-ins work as they do in the shell.
 * @throws TargetError with the engine's own words
 */
export async function docker(...words: string[]): Promise<string> {
  return await engineCommand("docker", words);
}

/** Runs `docker compose`, or `docker-compose` where the plugin is missing. */
export async function compose(...words: string[]): Promise<string> {
  const hasPlugin = await run("docker", ["compose", "version"]).then(
    () => true,
    () => false,
  );
  return hasPlugin
    ? await engineCommand("docker", ["compose", ...words])
    : await engineCommand("docker-compose", words);
}

async function engineCommand(program: string, words: string[]): Promise<string> {
  try {
    const { stdout } = await run(program, words, { timeout: COMMAND_DEADLINE_MS, maxBuffer: 64 * 1024 * 1024 });
    return stdout.trim();
  } catch (error) {
    const { code, stderr, message } = error as { code?: unknown; stderr?: string; message: string };
    if (code === "ENOENT") throw new TargetError(`--target container needs ${program}, which is not on the path`);
    throw new TargetError(`${program} ${words[0]} failed: ${stderr?.trim() || message}`);
  }
}

/** Sends a command to the engine at once and without waiting for more than its answer. */
export function dockerNow(...words: string[]): void {
  execFileSync("docker", words, { stdio: "ignore" });
}

/** Whether an engine answers. */
export async function hasEngine(): Promise<boolean> {
  return await run("docker", ["version", "--format", "{{.Server.Version}}"]).then(
    () => true,
    () => false,
  );
}

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
