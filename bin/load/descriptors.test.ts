import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { LoadResult } from "../../harness/result/index.ts";
import { LocalServer } from "../../server-ref/testing/local-server.ts";

const folder = mkdtempSync(join(tmpdir(), "cupping-descriptors-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a load whose processes, and those of the reference server that it starts, may have 128 descriptors each. */
async function loadWithFew(server: LocalServer | undefined, name: string, ...words: string[]) {
  const out = join(folder, name);
  const target = server === undefined ? ["--target", "ref"] : ["--target", server.tcp, "--http", server.http];
  const times = ["--ramp", "1s", "--warmup", "0s", "--duration", "1s", "--drain", "2s"];
  const all = ["load", ...words, ...times, ...target, "--out", out];
  const script = 'ulimit -n 128; exec "$0" "$@"';
  const launcher = join(import.meta.dirname, "../cupping.js");
  const child = spawn("bash", ["-c", script, process.execPath, launcher, ...all], { cwd: folder });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const [code] = (await once(child, "close")) as [number];
  return { code, said, result: () => JSON.parse(readFileSync(join(out, "result.json"), "utf8")) as LoadResult };
}

test("few descriptors are spread over as many processes as it takes", { timeout: 120_000 }, async () => {
  await using server = await LocalServer.start();
  const { said, result } = await loadWithFew(server, "spread", "idle", "--clients", "150");
  expect(said).not.toContain("mistake of cupping");
  expect(result().clients).toMatchObject({ requested: 150, peak: 150, failed: 0 });
});

test("the reference server shares out few descriptors as the load does", { timeout: 120_000 }, async () => {
  const { said, result } = await loadWithFew(undefined, "reference", "idle", "--clients", "100");
  expect(said).not.toMatch(/mistake of cupping|^ {4}at /m);
  expect(result().clients).toMatchObject({ requested: 100, peak: 100, failed: 0 });
});

test("too few descriptors are told, and make the load not valid", { timeout: 120_000 }, async () => {
  await using server = await LocalServer.start();
  // The members of a group stay together in one process.
  const words = ["group", "--group-size", "200", "--clients", "200", "--rate", "5"];
  const { code, said, result } = await loadWithFew(server, "too-few", ...words);
  expect(said).not.toContain("mistake of cupping");
  expect(code, said).toBe(5);
  expect(result().verdict).toBe("invalid");
  expect(result().reasons.join()).toMatch(
    /\d+ of 200 clients could not be brought up because this machine ran out of descriptors/,
  );
});

test("fewer than the processes take that share the clients are told before anything starts", async () => {
  const script = 'ulimit -n 64; exec "$0" "$@"';
  const words = [join(import.meta.dirname, "../cupping.js"), "load", "chat", "--clients", "300", "--target", "ref"];
  const child = spawn("bash", ["-c", script, process.execPath, ...words], { cwd: folder });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  expect(await once(child, "close")).toEqual([4, null]);
  expect(said).toMatch(
    /^cupping: this process may have 64 files and connections open at a time, [^\n]*ulimit -n \d+\)\n$/,
  );
});
