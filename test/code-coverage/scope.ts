import { globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The checkout. */
export const ROOT: string = join(import.meta.dirname, "../..");

/** Where processes leave what they counted. */
export const RAW_FOLDER: string = join(ROOT, "coverage/v8");

/**
 * The tests that are measured: those of units, those of behaviour that are quick and need no other program, and those
 * about secrets, which run every case and most commands and so execute much of the rest. Counting costs a third more
 * processor time; tests that load a machine, kill processes or prove mutants would be disturbed by it.
 */
export const measuredTests: readonly string[] = [
  "codegen/**/*.test.ts",
  "harness/{accounts,client,grid,result,runner}/**/*.test.ts",
  "scenarios/{conformance,rules}/**/*.test.ts",
  "server-ref/{accounts,gate,http,logic,mutants,store/sqlite}/**/*.test.ts",
  "server-ref/{chat,connection,store-failure}.test.ts",
  "reports/*.test.ts",
  "reports/{compare,words}/**/*.test.ts",
  "reports/html/report.test.ts",
  "bin/options/**/*.test.ts",
  "bin/config/schema-options.test.ts",
  "bin/conformance/{known-failing,progress}.test.ts",
  "bin/doctor/**/*.test.ts",
  "bin/load/live/*.test.ts",
  "bin/release-gate/steps.test.ts",
  "bin/{run/{descriptors,folder,on-target},serve/server-options}.test.ts",
  "bin/command-line.test.ts",
  "bin/commands/{merge,report}.test.ts",
  "test/server/{friend,group,group-members,group-messages,http,message-id,robot,voip}.test.ts",
  "test/secrets/*.test.ts",
  "test/sick-targets/doctor.test.ts",
];

/** The rooms whose code is measured. */
export const ROOMS = ["codegen", "server-ref", "harness", "scenarios", "reports", "bin"] as const;

/** One of {@link ROOMS}. */
export type Room = (typeof ROOMS)[number];

/**
 * What is no code of ours that runs in Node: generated files, what tests are made of, and what runs in a browser or in
 * k6, where V8's counts cannot be had.
 */
const LEFT_OUT =
  /\.test\.ts$|\.d\.ts$|(^|\/)(testing|generated)\/|^reports\/html\/browser\/|^(harness|scenarios)\/k6\//;

function isOurs(path: string): boolean {
  return path.endsWith(".ts") && ROOMS.some((room) => path.startsWith(`${room}/`)) && !LEFT_OUT.test(path);
}

const rootUrl = `${pathToFileURL(ROOT).href}/`;

/** The path, from the root, of a module whose coverage is measured. */
export function measuredPath(url: string): string | undefined {
  if (!url.startsWith(rootUrl)) return undefined;
  const path = fileURLToPath(url.replace(/[?#].*$/, "")).slice(ROOT.length + 1);
  return isOurs(path) ? path : undefined;
}

/** Whether a module's coverage is measured. */
export function isMeasured(url: string): boolean {
  return measuredPath(url) !== undefined;
}

/** Every file whose coverage is measured, whether a test loads it or not. */
export function measuredFiles(): string[] {
  return globSync(`{${ROOMS.join(",")}}/**/*.ts`, { cwd: ROOT })
    .filter(isOurs)
    .sort();
}
