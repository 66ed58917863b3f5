import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Result, writeResult } from "../../harness/result/index.ts";
import { exampleConformance } from "../../reports/testing/conformance.ts";
import { exampleLoad } from "../../reports/testing/load.ts";
import { type Ran, runCupping } from "../report/testing/run-cupping.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "cupping-report-"));
});
afterEach(() => rm(dir, { recursive: true }));

const run = (...args: string[]): Promise<Ran> => runCupping(dir, args);

async function store(name: string, result: Result): Promise<string> {
  return writeResult(join(dir, name), result);
}

describe("report", () => {
  it("makes the reports asked for beside the result, and exits 0 although the run failed", async () => {
    await store("run", exampleConformance());
    const { code, out, err } = await run("report", "run", "--report", "html,junit,markdown,github,prometheus");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.trim().split("\n")).toEqual(
      ["report.html", "junit.xml", "report.md", "annotations.txt", "metrics.prom"].map((file) => join("run", file)),
    );
    expect(await readdir(join(dir, "run"))).toHaveLength(6);
  });

  it("puts several results on one page", async () => {
    await store("a", exampleConformance({ statuses: {} }));
    await store("b", exampleLoad({ seconds: 5 }));
    const { code } = await run("report", "a", "b/result.json", "--out", "together");
    expect(code).toBe(0);
    const page = await readFile(join(dir, "together", "report.html"), "utf8");
    expect(page).toContain('id="result-1"');
    expect(page).toContain("Load chat on coffeechat-go 0.9.1");
  });

  it("makes a matrix of conformance results, and refuses others", async () => {
    await store("a", exampleConformance({ name: "one" }));
    await store("b", exampleConformance({ name: "two" }));
    await store("c", exampleLoad({ seconds: 5 }));
    expect(await run("report", "a", "b", "--matrix", "--out", "m")).toMatchObject({ code: 0 });
    expect(await readFile(join(dir, "m", "matrix.html"), "utf8")).toContain("2 implementations");
    const refused = await run("report", "a", "c", "--matrix", "--out", "m");
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.err).toMatch(/^cupping: --matrix compares conformance results, but run \w+ is a load result\n$/);
  });

  it("shows the trend of a folder, past files that are no results", async () => {
    for (const day of [10, 11, 12])
      await store(`runs/${day}`, exampleLoad({ seconds: 5, startedAt: `2026-11-${day}T00:00:00.000Z` }));
    await writeFile(join(dir, "runs", "other.json"), "{}");
    expect(await run("report", "--history", "runs", "--figures", "msg_e2e.p99,harness.cpu")).toMatchObject({ code: 0 });
    const page = await readFile(join(dir, "runs", "history.html"), "utf8");
    expect(page).toContain("3 runs");
    expect(page).toContain("Delivery p99");
    const unknown = await run("report", "--history", "runs", "--figures", "msg_e2e.p98");
    expect(unknown).toMatchObject({ code: 2 });
    expect(unknown.err).toMatch(
      /^cupping: no result in runs has the figure "msg_e2e\.p98": figures are named like msg_e2e\.p50/,
    );
  });

  it("prints the result, and only the result, with --json", async () => {
    const result = exampleLoad({ seconds: 5 });
    await store("run", result);
    const { code, out } = await run("report", "run", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(result);
  });

  it.each([
    ["a file that is missing", ["report", "nothing.json"], /^cupping: there is no result file at nothing\.json\n$/],
    [
      "a format it does not know",
      ["report", "x", "--report", "pdf"],
      /^cupping: --report does not know the format "pdf"/,
    ],
    ["no file at all", ["report"], /^cupping: report needs a result file, or --history and a folder of them\n$/],
    ["a folder without results", ["report", "--history", "empty"], /^cupping: there is no result file in empty\n$/],
    ["JSON that is no result", ["report", "bad.json"], /^cupping: bad\.json is not a result of cupping/],
  ])("refuses %s with one sentence", async (_what, args, message) => {
    await mkdir(join(dir, "empty"));
    await writeFile(join(dir, "bad.json"), "{}");
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
  });
});
