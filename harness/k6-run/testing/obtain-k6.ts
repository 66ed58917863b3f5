import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findK6, TESTED_K6_VERSION } from "../find-k6.ts";

const run = promisify(execFile);

/** The oldest Go that compiles k6. */
const OLDEST_GO_MINOR = 25;

/** Where a k6 that the tests have built stays for the next time. */
const cache = join(import.meta.dirname, "..", "..", "..", "node_modules", ".cache", "k6");

/** A k6 for the tests, or why there is none on this machine. */
export type ObtainedK6 = { readonly path: string } | { readonly reason: string };

/**
 * Finds k6, or builds the tested version where there is a Go that can.
 *
 * Where Go is missing, too old or without its module proxy, the tests that need k6 are skipped with the reason.
 */
export async function obtainK6(): Promise<ObtainedK6> {
  const found = await findK6().catch(() => undefined);
  if (found) return { path: found.path };
  const built = join(cache, `k6-${TESTED_K6_VERSION}`);
  if (existsSync(built)) return { path: built };
  const version = await run("go", ["version"]).then(
    ({ stdout }) => stdout,
    () => "",
  );
  const minor = Number(/go1\.(\d+)/.exec(version)?.[1] ?? 0);
  if (minor < OLDEST_GO_MINOR) {
    const go = minor === 0 ? "there is no Go" : `Go 1.${minor} is older than 1.${OLDEST_GO_MINOR}`;
    return { reason: `k6 is not installed, and ${go} to build it` };
  }
  return build(built);
}

/**
 * Builds k6 through a module of its own. `go install` asks for the newest version too, which not every proxy knows.
 */
async function build(path: string): Promise<ObtainedK6> {
  const folder = await mkdtemp(join(tmpdir(), "cupping-k6-build-"));
  try {
    await mkdir(cache, { recursive: true });
    const go = (...words: string[]) => run("go", words, { cwd: folder, maxBuffer: 1 << 26, timeout: 600_000 });
    await go("mod", "init", "build");
    await go("mod", "edit", `-require=go.k6.io/k6/v2@v${TESTED_K6_VERSION}`);
    await go("build", "-mod=mod", "-o", path, "go.k6.io/k6/v2");
    return { path };
  } catch (error) {
    const first = (error as Error).message.trim().split("\n").at(-1);
    return { reason: `k6 is not installed, and Go could not build it: ${first}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
