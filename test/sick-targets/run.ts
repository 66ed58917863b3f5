import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Result } from "../../harness/result/index.ts";
import type { SickTarget } from "./sick-target.ts";

/** What came of a command. */
export interface Outcome<R extends Result> {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Undefined when it left none. */
  readonly result: R | undefined;
  /** A file of its result folder. */
  read(name: string): string;
}

const launcher = join(import.meta.dirname, "../../bin/cupping.js");
const folder = mkdtempSync(join(tmpdir(), "cupping-sick-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
let runs = 0;

/** Runs a command of cupping against a sick target, from outside, as a process of its own. */
export async function runAgainst<R extends Result>(sick: SickTarget, ...words: string[]): Promise<Outcome<R>> {
  const running = await sick.start();
  const out = join(folder, String(++runs));
  const http = running.http === undefined ? [] : ["--http", running.http];
  try {
    const all = [...words, "--target", running.target, ...http, "--out", out];
    const child = spawn(process.execPath, [launcher, ...all], { stdio: ["ignore", "pipe", "pipe"], cwd: folder });
    const texts = { out: "", err: "" };
    child.stdout.on("data", (chunk) => (texts.out += String(chunk)));
    child.stderr.on("data", (chunk) => (texts.err += String(chunk)));
    const [code] = (await once(child, "close")) as [number | null];
    const path = join(out, "result.json");
    const result = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as R) : undefined;
    return { code, ...texts, result, read: (name) => readFileSync(join(out, name), "utf8") };
  } finally {
    await running.stop();
  }
}
