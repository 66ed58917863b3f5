import { execFileSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeOwnFolder } from "./temporary-folder.ts";

it("what a killed process has left goes with the next folder, and what a living one has stays", () => {
  const module = JSON.stringify(join(import.meta.dirname, "temporary-folder.ts"));
  const script = `
    const { makeOwnFolder } = await import(${module});
    const { writeFileSync } = await import("node:fs");
    const folder = makeOwnFolder("killed");
    writeFileSync(folder + "/file", "");
    console.log(folder);
  `;
  const left = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }).trim();
  expect(existsSync(join(left, "file"))).toBe(true);
  const [first, second] = [makeOwnFolder("a"), makeOwnFolder("a")];
  expect([left, first, second].map((folder) => existsSync(folder))).toEqual([false, true, true]);
  for (const folder of [first, second]) rmSync(folder, { recursive: true });
});
