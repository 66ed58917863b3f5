import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import type { Result } from "../../harness/result/index.ts";

/** How a command ended, and what it left. */
export interface Ended {
  readonly code: number | null;
  readonly said: string;
  /** Undefined when it left none. */
  readonly result: Result | undefined;
  /** The names in its result folder. */
  readonly files: readonly string[];
}

/** How a command is run. */
export interface Surroundings {
  /** What it writes to, by descriptor; a pipe that is read by default. */
  readonly stdout?: number;
  readonly stderr?: number;
  readonly env?: NodeJS.ProcessEnv;
  /** Its result folder; one of its own by default. */
  readonly out?: string;
  /** Whether it takes no result folder. */
  readonly leavesNothing?: boolean;
  /** What is done as soon as it says `at`. */
  readonly at?: RegExp;
  act?(child: ChildProcess): void;
  /** What is done as soon as it runs. */
  onStart?(child: ChildProcess): void;
}

const launcher = join(import.meta.dirname, "../../bin/cupping.js");
/** The folder of everything that these commands write. */
export const folder: string = mkdtempSync(join(tmpdir(), "cupping-endings-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
let runs = 0;

/** Starts a command as users do, to be ended by the test. */
export async function run(words: readonly string[], around: Surroundings = {}): Promise<Ended> {
  const out = around.out ?? join(folder, String(++runs));
  const child = spawn(process.execPath, [launcher, ...words, ...(around.leavesNothing ? [] : ["--out", out])], {
    cwd: folder,
    env: { ...process.env, CI: "", GITHUB_ACTIONS: "", GITHUB_STEP_SUMMARY: "", ...around.env },
    stdio: ["ignore", around.stdout ?? "pipe", around.stderr ?? "pipe"],
  });
  around.onStart?.(child);
  let said = "";
  let hasActed = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      said += String(chunk);
      if (hasActed || !around.at?.test(said)) return;
      hasActed = true;
      around.act?.(child);
    });
  }
  // A pipe that the test closed has no end that "close" could wait for.
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  await Promise.all([child.stdout, child.stderr].map((stream) => stream?.destroyed || (stream && finished(stream))));
  const path = join(out, "result.json");
  return {
    code,
    said,
    result: existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Result) : undefined,
    files: existsSync(out) ? readdirSync(out) : [],
  };
}
