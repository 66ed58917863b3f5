import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openResultFolder, removeIfEmpty } from "./folder.ts";

const here = process.cwd();
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "cupping-folder-"));
  process.chdir(dir);
});
afterEach(async () => {
  process.chdir(here);
  await rm(dir, { recursive: true });
});

it("two commands that begin in the same second have a folder each", async () => {
  const now = new Date("2026-11-24T04:00:00.123Z");
  const folders = await Promise.all([1, 2, 3].map(() => openResultFolder(undefined, "load-chat", now)));
  const name = "reports/out/2026-11-24T04-00-00-load-chat";
  expect(folders.sort()).toEqual([name, `${name}-2`, `${name}-3`]);
});

it("a folder goes when nothing came into it, and stays with what did", async () => {
  const [empty, full] = [await openResultFolder(undefined, "a"), await openResultFolder(undefined, "b")];
  await writeFile(join(full, "result.json"), "{}");
  await removeIfEmpty(empty);
  await removeIfEmpty(full);
  expect(await readdir(join("reports", "out"))).toEqual([full.replace("reports/out/", "")]);
});

it("says in one sentence why it cannot be made", async () => {
  await writeFile("reports", "");
  await expect(openResultFolder(undefined, "a")).rejects.toThrow(/^could not make the folder reports\/out\/.*-a: /);
});

it("a folder that is named is made, and proven to be one that can be written to", async () => {
  expect(await openResultFolder("deep/er", "a")).toBe("deep/er");
  expect(await readdir("deep/er")).toEqual([]);
  await writeFile("file", "");
  await expect(openResultFolder("file", "a")).rejects.toThrow(
    expect.objectContaining({ code: "harness", message: expect.stringMatching(/^could not write into file: /) }),
  );
});
