import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { clearResults, openResultFolder, probeFile, probeFolder } from "./folder.ts";

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
  expect(folders.map(({ path }) => path).sort()).toEqual([name, `${name}-2`, `${name}-3`]);
});

it("a folder goes when nothing came into it, and stays with what did", async () => {
  const [empty, full] = [await openResultFolder(undefined, "a"), await openResultFolder(undefined, "b")];
  await writeFile(join(full.path, "result.json"), "{}");
  await empty.discard();
  await full.discard();
  expect(await readdir(join("reports", "out"))).toEqual([full.path.replace("reports/out/", "")]);
});

it.each([undefined, "deep/er/out"])(
  "nothing is left of a folder without results, and of what was made above it",
  async (named) => {
    await mkdir("deep");
    const { discard } = await openResultFolder(named, "a");
    await discard();
    expect(await readdir(".", { recursive: true })).toEqual(["deep"]);
  },
);

it.each([undefined, "deep/er/out"])("runs that take empty folders away are not in each other's way", async (named) => {
  const inTurn = async (): Promise<void> => {
    for (let round = 1; round <= 200; round++) await (await openResultFolder(named, "a")).discard();
  };
  await Promise.all(Array.from({ length: 3 }, inTurn));
});

it("a probe leaves everything as it was, whatever it finds", async () => {
  await writeFile("file", "");
  await probeFolder("deep/er");
  await probeFile("deep/er/list.txt");
  await probeFile("file");
  await expect(probeFolder("file/deeper")).rejects.toThrow(/^could not write into file\/deeper: /);
  await expect(probeFile(".")).rejects.toThrow("could not write .: it is a folder");
  await expect(probeFile("/proc/none/list.txt")).rejects.toThrow(/^could not write into \/proc\/none: /);
  expect(await readdir(".")).toEqual(["file"]);
});

it("says in one sentence why it cannot be made", async () => {
  await writeFile("reports", "");
  await expect(openResultFolder(undefined, "a")).rejects.toThrow(/^could not make the folder reports\/out\/.*-a: /);
});

it("a folder that is named is made, and proven to be one that can be written to", async () => {
  expect((await openResultFolder("deep/er", "a")).path).toBe("deep/er");
  expect(await readdir("deep/er")).toEqual([]);
  await writeFile("file", "");
  await expect(openResultFolder("file", "a")).rejects.toThrow(
    expect.objectContaining({ code: "harness", message: expect.stringMatching(/^could not write into file: /) }),
  );
});

it("a folder that is used again keeps nothing of the run before, and everything that is not ours", async () => {
  const { path: out } = await openResultFolder("out", "a");
  await mkdir(join(out, "capsules"));
  const ours = ["report.html", "junit.xml", "capsules/MSG-04_ordered.json"];
  const theirs = ["notes.txt", "capsules/mine.json"];
  for (const name of [...ours, ...theirs]) await writeFile(join(out, name), "");
  await clearResults(out);
  expect(await readdir(out)).toContain("report.html");
  await writeFile(join(out, "result.json"), '{"tool":{"name":"cupping"}}');
  await clearResults(out);
  expect((await readdir(out, { recursive: true })).sort()).toEqual(["capsules", "capsules/mine.json", "notes.txt"]);
});
