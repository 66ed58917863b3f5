import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, describe, expect, it } from "vitest";
import { ContainerLog } from "./container-log.ts";
import { canMountDisks, SmallDisk } from "./small-disk.ts";

const folder = mkdtempSync(join(tmpdir(), "cupping-container-log-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the log of a container", () => {
  it("says at its end that it has no folder, and keeps its last lines", async () => {
    const file = join(folder, "a-file");
    writeFileSync(file, "");
    const log = new ContainerLog(join(file, "logs"), "server");
    log.follow(Readable.from(["one\n", "two\n"]));
    await expect(log.close()).rejects.toThrow(/^could not write .*server\.log: E/);
    expect(log.lines).toEqual(["one", "two"]);
    expect(existsSync(join(file, "logs"))).toBe(false);
  });

  it.skipIf(!canMountDisks())("says at its end that the disk was full, and ends nothing before", async () => {
    const disk = join(folder, "disk");
    mkdirSync(disk);
    const mounted = await SmallDisk.mount(disk, 8192);
    try {
      const log = new ContainerLog(disk, "server");
      log.follow(Readable.from(Array.from({ length: 100 }, (_, n) => `${n} ${"x".repeat(1_000)}\n`)));
      await expect(log.close()).rejects.toThrow(/^could not write .*server\.log: ENOSPC/);
      expect(log.lines.at(-1)).toMatch(/^99 x/);
    } finally {
      await mounted.unmount();
    }
  });
});
