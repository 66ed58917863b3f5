import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeResult } from "../../harness/result/index.ts";
import { type ExampleLoadOptions, exampleLoad } from "../../reports/testing/load.ts";
import { type Ran, runCupping } from "../report/testing/run-cupping.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "cupping-compare-"));
});
afterEach(() => rm(dir, { recursive: true }));

const store = (name: string, options: ExampleLoadOptions): Promise<string> =>
  writeResult(join(dir, name), exampleLoad({ seconds: 30, ...options }));
const run = (...args: string[]): Promise<Ran> => runCupping(dir, ["compare", ...args]);

describe("compare", () => {
  it("exits 0 without a regression and shows the curves over each other", async () => {
    await store("base", { seed: 1, label: "main" });
    await store("new", { seed: 2, label: "branch" });
    const { code, out, err } = await run("base", "new/result.json", "--out", "c");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^NO REGRESSION {2}branch against main\n/);
    const page = await readFile(join(dir, "c", "comparison.html"), "utf8");
    expect(page).toContain("Over each other");
  });

  it("exits 1 on a regression, of folders of repeated runs too", async () => {
    for (const seed of [1, 2, 3]) {
      await store(`main/${seed}`, { seed });
      await store(`branch/${seed}`, { seed: seed + 10, slowness: 1.4 });
    }
    const { code, out, err } = await run("main", "branch", "--json", "--report", "markdown", "--out", "c");
    expect(code).toBe(1);
    expect(err).toMatch(
      /^REGRESSION {2}coffeechat-go 0\.9\.1 \(branch\) \(3 runs\) against coffeechat-go 0\.9\.1 \(3 runs\)\n/,
    );
    const [comparison] = JSON.parse(out) as {
      verdict: string;
      base: { runs: string[] };
      figures: { outcome: string }[];
    }[];
    expect(comparison).toMatchObject({ verdict: "fail", base: { runs: ["l0000001", "l0000002", "l0000003"] } });
    expect(await readFile(join(dir, "c", "comparison.md"), "utf8")).toMatch(/^## ❌ Regression\n/);
  });

  it("exits 5 for runs that may not be compared, with the sentence why", async () => {
    await store("base", { seed: 1 });
    await store("new", { seed: 2, saturated: true });
    const { code, out } = await run("base", "new", "--out", "c");
    expect(code).toBe(5);
    expect(out).toMatch(
      /^NO ANSWER .*\n- in run l0000002 the generator was the limit, so its figures say nothing about\n/,
    );
  });

  it("holds several against one base", async () => {
    for (const seed of [1, 2, 3]) await store(`r${seed}`, { seed, label: `r${seed}`, slowness: seed === 3 ? 1.6 : 1 });
    const { code, out } = await run("r1", "r2", "r3", "--out", "c");
    expect(code).toBe(1);
    expect(out).toContain("NO REGRESSION  r2 against r1");
    expect(out).toContain("REGRESSION  r3 against r1");
  });

  it.each([
    [["base", "none"], /^cupping: there is no result file at none\n$/],
    [["base", "base", "--tolerance", "much"], /^cupping: a tolerance looks like 10%/],
    [["base", "base", "--report", "junit"], /^cupping: --report does not know the format "junit" here/],
  ])("refuses %j", async (args, message) => {
    await store("base", { seed: 1 });
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
