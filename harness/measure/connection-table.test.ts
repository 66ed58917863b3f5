import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ConnectionTable } from "./connection-table.ts";

describe("the kernel's table of connections", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "cupping-table-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function holds(used: number, limit: number): void {
    writeFileSync(join(folder, "nf_conntrack_count"), `${used}\n`);
    writeFileSync(join(folder, "nf_conntrack_max"), `${limit}\n`);
  }

  test("is named as the limit when it was full, also after it has emptied", () => {
    const table = new ConnectionTable(folder);
    holds(262_100, 262_144);
    table.look();
    holds(10, 262_144);
    table.look();
    expect(table.reasons).toEqual([expect.stringContaining("at most 262144 connections")]);
  });

  test("is not blamed while it has room", () => {
    const table = new ConnectionTable(folder);
    holds(200_000, 262_144);
    table.look();
    expect(table.reasons).toEqual([]);
  });

  test("is not blamed where the kernel has none", () => {
    const table = new ConnectionTable(join(folder, "absent"));
    table.look();
    expect(table.reasons).toEqual([]);
  });
});
