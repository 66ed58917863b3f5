import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseReportFormats, reportFormats, writeReports } from "./index.ts";
import { exampleConformance } from "./testing/conformance.ts";
import { exampleLoad } from "./testing/load.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "cupping-reports-"));
});
afterEach(() => rm(dir, { recursive: true }));

describe("formats", () => {
  it("are read with blanks and capitals, each once", () => {
    expect(parseReportFormats("HTML, junit,html")).toEqual(["html", "junit"]);
  });

  it("are named when one is unknown", () => {
    expect(() => parseReportFormats("html,pdf")).toThrow(expect.objectContaining({ code: "usage" }));
    expect(() => parseReportFormats("pdf")).toThrow(
      '--report does not know the format "pdf": it takes html, junit, markdown, github, prometheus, csv',
    );
  });
});

describe("writing", () => {
  it("writes every format asked for and says where", async () => {
    const written = await writeReports(join(dir, "a", "b"), exampleLoad({ seconds: 5 }), reportFormats, { env: {} });
    expect((await readdir(join(dir, "a", "b"))).sort()).toEqual(
      written.map(({ path }) => path.slice(dir.length + 5)).sort(),
    );
    expect(written.map(({ format }) => format)).toEqual([...reportFormats]);
  });

  it("writes no series where there is none", async () => {
    expect(await writeReports(dir, exampleConformance(), ["csv"], { env: {} })).toEqual([]);
    expect(await readdir(dir)).toEqual([]);
  });

  it("adds to GitHub's job summary and prints the annotations there", async () => {
    const summary = join(dir, "summary.md");
    await writeFile(summary, "before\n");
    const print = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    try {
      await writeReports(dir, exampleConformance(), ["github"], {
        env: {
          GITHUB_ACTIONS: "true",
          GITHUB_STEP_SUMMARY: summary,
        },
      });
      expect(print.mock.calls.join("")).toContain("::error title=CONN-04 failed");
    } finally {
      print.mockRestore();
    }
    expect(await readFile(summary, "utf8")).toMatch(/^before\n## ❌ Conformance of coffeechat-go/);
  });

  it("says where it could not write", async () => {
    await writeFile(join(dir, "file"), "");
    const writing = writeReports(join(dir, "file"), exampleConformance(), ["html"], { env: {} });
    await expect(writing).rejects.toThrow(expect.objectContaining({ code: "harness" }));
  });
});
