import { createHash } from "node:crypto";
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Instrumenter } from "@stryker-mutator/instrumenter";
import { isMutated, unseenCode } from "./scope.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** Where the mutated copy of the server lies; not under version control. */
export const MUTATED_FOLDER: string = join(ROOT, "coverage", "mutation");

/** A change to one place of the server's code, made by a machine. */
export interface MachineMutant {
  /** Counts from 0; the same for the same source. */
  readonly id: string;
  /** File, operator, original line and replacement: the same as long as that line is. */
  readonly key: string;
  /** Relative to `server-ref`. */
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  readonly operator: string;
  /** What stands there. */
  readonly original: string;
  readonly replacement: string;
}

/** The mutated copy of the server. */
export interface MutatedCopy {
  /** Digest of the server's source: records and coverage of another one are worthless. */
  readonly digest: string;
  readonly mutants: readonly MachineMutant[];
  /** Mutants that {@link unseenCode} left out, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
}

const silent = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {}, error() {}, trace() {}, fatal() {} };

interface Place {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** The text at a place; its lines count from 0. */
function textAt(lines: readonly string[], { start, end }: Place): string {
  if (start.line === end.line) return (lines[start.line] ?? "").slice(start.column, end.column);
  const middle = lines.slice(start.line + 1, end.line);
  return [(lines[start.line] ?? "").slice(start.column), ...middle, (lines[end.line] ?? "").slice(0, end.column)].join(
    "\n",
  );
}

/**
 * Copies the server with every mutant behind a switch (mutation switching), so that one copy holds them all and a
 * process chooses which is active. Everything else is reached through links.
 */
export async function instrument(): Promise<MutatedCopy> {
  const source = join(ROOT, "server-ref");
  const names = globSync("**/*.ts", { cwd: source }).map((name) => name.replaceAll("\\", "/"));
  const chosen = names.filter(isMutated).toSorted();
  const files = chosen.map((name) => ({ name, mutate: true, content: readFileSync(join(source, name), "utf8") }));
  const hash = createHash("sha256");
  for (const { name, content } of files) hash.update(`${name}\0${content}\0`);
  const instrumenter = new Instrumenter(silent as never);
  const options = { plugins: null, excludedMutations: [], ignorers: [unseenCode] };
  const { files: mutated, mutants } = await instrumenter.instrument(files, options as never);

  rmSync(MUTATED_FOLDER, { recursive: true, force: true });
  cpSync(source, join(MUTATED_FOLDER, "server-ref"), { recursive: true });
  for (const { name, content } of mutated) {
    const path = join(MUTATED_FOLDER, "server-ref", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  symlinkSync(join(ROOT, "codegen"), join(MUTATED_FOLDER, "codegen"));

  const leftOut: Record<string, number> = {};
  const kept: MachineMutant[] = [];
  const seen = new Map<string, number>();
  for (const { id, fileName, mutatorName, replacement, location, status, statusReason } of mutants) {
    if (status === "Ignored") {
      leftOut[statusReason ?? ""] = (leftOut[statusReason ?? ""] ?? 0) + 1;
      continue;
    }
    const lines = files.find(({ name }) => name === fileName)?.content.split("\n") ?? [];
    const base = [fileName, mutatorName, (lines[location.start.line] ?? "").trim(), replacement].join(" | ");
    const times = seen.get(base) ?? 0;
    seen.set(base, times + 1);
    kept.push({
      id,
      key: times === 0 ? base : `${base} | ${times + 1}`,
      file: fileName,
      line: location.start.line + 1,
      operator: mutatorName,
      original: textAt(lines, location),
      replacement,
    });
  }
  return { digest: hash.digest("hex").slice(0, 16), mutants: kept, leftOut };
}
