import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { importDefault } from "./user-module.ts";

const folder = mkdtempSync(join(tmpdir(), "cupping-modules-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("modules that are imported at the same time leave the process as it was", async () => {
  const listeners = process.listeners("warning");
  const { write } = process.stdout;
  const urls = Array.from({ length: 20 }, (_, number) => {
    const file = join(folder, `${number}.mjs`);
    writeFileSync(file, `export default ${number};`);
    return pathToFileURL(file).href;
  });
  const loaded = await Promise.all(urls.map((url) => importDefault(url)));
  // Warnings are told a turn later.
  await turn();
  await turn();
  expect(loaded).toEqual(urls.map((_, number) => number));
  expect(process.listeners("warning")).toEqual(listeners);
  expect(process.stdout.write).toBe(write);
});

test("modules that are imported one after another leave the process as it was", async () => {
  const listeners = process.listeners("warning");
  for (let number = 0; number < 20; number++) await importDefault(`data:text/javascript,export default ${number}`);
  await turn();
  await turn();
  expect(process.listeners("warning")).toEqual(listeners);
});
