import { execFile } from "node:child_process";
import { join } from "node:path";

const cupping = join(import.meta.dirname, "../../cupping.js");

/** A result with every frame of every case is some hundred megabytes at most. */
const LARGEST_OUTPUT = 2 ** 29;

/** What a run of the command printed, and its exit code. */
export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs the command as a user would, in a folder of the test's own, and outside of any CI. */
export function runCupping(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const surroundings = { ...process.env, GITHUB_ACTIONS: "", GITHUB_STEP_SUMMARY: "", ...env };
    execFile(
      process.execPath,
      [cupping, ...args],
      { cwd, env: surroundings, maxBuffer: LARGEST_OUTPUT },
      (error, out, err) => {
        resolve({ code: typeof error?.code === "number" ? error.code : error === null ? 0 : -1, out, err });
      },
    );
  });
}
