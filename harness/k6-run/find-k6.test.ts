import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findK6 } from "./find-k6.ts";

const folder = await mkdtemp(join(tmpdir(), "cupping-find-k6-"));
afterAll(() => rm(folder, { recursive: true }));

/** A program that says this when it is asked for its version. */
async function program(name: string, output: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\necho '${output}'\n`);
  await chmod(path, 0o755);
  return path;
}

test("k6 is found on the path, and its version read", async () => {
  const path = await program("k6", "k6 v2.2.0 (go1.26.8, linux/amd64)");
  expect(await findK6(undefined, { PATH: `/nowhere:${folder}` })).toEqual({ path, version: "2.2.0" });
});

test("without k6 the message says how to get it", async () => {
  const search = findK6(undefined, { PATH: "/nowhere", HOME: "/nowhere" });
  await expect(search).rejects.toThrow(expect.objectContaining({ code: "usage" }));
  await expect(search).rejects.toThrow(/k6 was not found.*go install go\.k6\.io\/k6\/v2@v2\.2\.0.*--k6 FILE/);
});

test.each([
  ["old", "k6 v1.3.0 (go1.24.5, linux/amd64)", /is k6 1\.3\.0, and 2\.0\.0 or later is needed/],
  ["other", "hello", /does not identify itself as k6/],
])("an unfit program is refused: %s", async (name, output, message) => {
  await expect(findK6(await program(name, output))).rejects.toThrow(message);
});

test("a named file that cannot be run is refused", async () => {
  await expect(findK6(join(folder, "missing"))).rejects.toThrow(/missing" is not a program that can be run/);
});
