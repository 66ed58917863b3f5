import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { occupy } from "./occupied.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cupping-occupied-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("a folder that is given back is as it was", async () => {
  const release = await occupy(folder);
  release();
  expect(readdirSync(folder)).toEqual([]);
});

it("a folder of a run that goes on is refused; when that was killed it is free", async () => {
  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "cupping"], { stdio: "ignore" });
  await once(other, "spawn");
  writeFileSync(join(folder, ".cupping-run"), String(other.pid));
  await expect(occupy(folder)).rejects.toThrow(
    expect.objectContaining({
      code: "usage",
      message: `${folder} is in use by another run (process ${other.pid}): wait for its end, or name another folder with --out`,
    }),
  );
  other.kill("SIGKILL");
  await once(other, "exit");
  (await occupy(folder))();
  expect(readdirSync(folder)).toEqual([]);
});

it.runIf(process.platform === "linux")("a process that has the number of a killed run is none", async () => {
  writeFileSync(join(folder, ".cupping-run"), "1");
  (await occupy(folder))();
});
