import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { CuppingError } from "../errors.ts";

/** A k6 that can be run. */
export interface K6Binary {
  readonly path: string;
  /** E.g. `2.2.0`. */
  readonly version: string;
}

/** The version with which the scenarios are tested. */
export const TESTED_K6_VERSION = "2.2.0";

/** Older ones have another WebSocket module. */
const OLDEST_MAJOR = 2;

const howToGet =
  `install it with "go install go.k6.io/k6/v2@v${TESTED_K6_VERSION}" (Go 1.25 or later) or as ` +
  "https://grafana.com/docs/k6/latest/set-up/install-k6/ says, then put it on the PATH or name it with --k6 FILE";

/** Where `go install` puts programs, behind the folders of the PATH. */
function searchedFolders(env: NodeJS.ProcessEnv): string[] {
  const path = (env["PATH"] ?? "").split(delimiter).filter(Boolean);
  const go = env["GOBIN"] ?? join(env["GOPATH"] ?? join(env["HOME"] ?? homedir(), "go"), "bin");
  return [...path, go];
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/**
 * Finds k6: the file that is named, or the first on the PATH and in Go's folder for programs.
 * @throws CuppingError `usage` that says how to get k6, when there is none or it is too old
 */
export async function findK6(named?: string, env: NodeJS.ProcessEnv = process.env): Promise<K6Binary> {
  const executable = process.platform === "win32" ? "k6.exe" : "k6";
  const candidates = named === undefined ? searchedFolders(env).map((folder) => join(folder, executable)) : [named];
  for (const path of candidates) {
    if (await isExecutable(path)) return { path, version: await versionOf(path) };
  }
  if (named !== undefined)
    throw new CuppingError("usage", `--k6 "${named}" is not a program that can be run; ${howToGet}`);
  throw new CuppingError("usage", `k6 was not found on this machine; ${howToGet}`);
}

async function versionOf(path: string): Promise<string> {
  const output = await promisify(execFile)(path, ["version"], { timeout: 30_000 }).then(
    ({ stdout }) => stdout,
    (error: Error) => error.message,
  );
  // It names itself as its file is called.
  const version = /^k6\S* v(\d+)\.(\d+\.\d+\S*)/m.exec(output);
  if (!version) throw new CuppingError("usage", `${path} does not identify itself as k6; ${howToGet}`);
  if (Number(version[1]) < OLDEST_MAJOR) {
    throw new CuppingError(
      "usage",
      `${path} is k6 ${version[1]}.${version[2]}, and ${OLDEST_MAJOR}.0.0 or later is needed; ${howToGet}`,
    );
  }
  return `${version[1]}.${version[2]}`;
}
