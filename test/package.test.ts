import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { obtainK6 } from "../harness/k6-run/testing/obtain-k6.ts";

const k6 = await obtainK6();
if ("reason" in k6) process.stderr.write(`k6 is not run from the package: ${k6.reason}\n`);

/** The sources of the built-in scenarios, and the examples. */
/** Some cases wait for as long as a timer of the target. */
const shortTimers = ["--timers", "login=2s,heartbeat=3s,ack=2s,call=3s"];
const SHOWN = /^package\/(scenarios\/load|examples)\/(?!.*\.test\.)/;

const root = join(import.meta.dirname, "..");
const run = promisify(execFile);
let folder: string;
let tarball: string;

/** Packs the checkout and installs the tarball, as a user does, into an empty folder. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cupping-package-"));
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], {
    cwd: root,
    maxBuffer: 1 << 26,
  });
  // The build's own output stands before the JSON.
  tarball = join(folder, (JSON.parse(stdout.slice(stdout.indexOf("[\n"))) as [{ filename: string }])[0].filename);
  await writeFile(
    join(folder, "package.json"),
    JSON.stringify({ name: "a-server-team", private: true, type: "module" }),
  );
  await run("npm", ["install", "--no-audit", "--no-fund", tarball], { cwd: folder, maxBuffer: 1 << 26 });
}, 240_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** npx as a user of Node 24 has it: the node that runs the tests comes first on the path. */
const npx = (...words: string[]): Promise<{ stdout: string; stderr: string }> =>
  run("npx", ["--no-install", ...words], {
    cwd: folder,
    env: { ...process.env, PATH: `${join(process.execPath, "..")}:${process.env["PATH"]}` },
  });

describe("the packed package", () => {
  test("prints its help", async () => {
    const { stdout } = await npx("cupping", "--help");
    expect(stdout).toContain("cupping conformance");
    expect(stdout).toContain("cupping load");
  });

  test("links in its documents lead to what is packed", async () => {
    const { stdout } = await run("tar", ["-tzf", tarball]);
    const packed = stdout.split("\n").map((line) => line.replace(/^package\//, ""));
    const isPacked = (path: string): boolean => packed.some((file) => file === path || file.startsWith(`${path}/`));
    const dead: string[] = [];
    for (const document of packed.filter((file) => file.endsWith(".md"))) {
      const text = (await readFile(join(root, document), "utf8")).replaceAll(/```.*?```/gs, "");
      for (const [, link = ""] of text.matchAll(/\]\(([^)#\s]+)/g)) {
        if (!/^\w+:/.test(link) && !isPacked(posix.join(posix.dirname(document), link)))
          dead.push(`${document}: ${link}`);
      }
    }
    expect(dead).toEqual([]);
  });

  test("runs a few conformance cases against its own reference server and leaves result and report", async () => {
    await npx("cupping", "conformance", "--target", "ref", "--only", "MSG-0*", ...shortTimers, "--out", "out");
    const result = JSON.parse(await readFile(join(folder, "out", "result.json"), "utf8"));
    expect(result.verdict).toBe("pass");
    expect(result.summary.passed).toBeGreaterThan(5);
    expect(await readFile(join(folder, "out", "report.html"), "utf8")).toContain("<html");
  });

  test("loads the reference server with a few checked clients", async () => {
    const words = [
      "--clients",
      "10",
      "--rate",
      "20",
      "--ramp",
      "1s",
      "--warmup",
      "1s",
      "--duration",
      "2s",
      "--out",
      "load",
    ];
    await npx("cupping", "load", "chat", "--target", "ref", ...words).catch((error: { code: number }) => {
      // A machine busy with other tests may make the measurement invalid; the checks hold all the same.
      if (error.code !== 5) throw error;
    });
    const result = JSON.parse(await readFile(join(folder, "load", "result.json"), "utf8"));
    expect(result.metrics.msg_e2e.count).toBeGreaterThan(0);
    for (const check of Object.values<{ violations: number }>(result.checks)) expect(check.violations).toBe(0);
  });

  test.skipIf("reason" in k6)("runs a scenario under k6 with the bundle that it brings", async () => {
    // So few logins for so many users that a busy machine drops none.
    const words = [
      "--vus",
      "10",
      "--rate",
      "5",
      "--duration",
      "2s",
      "--ramp",
      "1s",
      "--drain",
      "2s",
      "--out",
      "k6",
      "--quiet",
    ];
    await npx("cupping", "k6", "login", "--k6", "path" in k6 ? k6.path : "", ...words);
    const result = JSON.parse(await readFile(join(folder, "k6", "result.json"), "utf8"));
    expect(result.verdict).toBe("pass");
    expect(result.metrics.login.count).toBeGreaterThan(0);
  });

  test("offers client, codec, configuration, scenarios and schemas to importers", async () => {
    const program = `
      import { CimClient } from "cupping/client";
      import { commands, encodeFrame } from "cupping/codec";
      import { defineConfig } from "cupping/config";
      import { defineScenario } from "cupping/scenario";
      import resultSchema from "cupping/result.schema.json" with { type: "json" };
      import configSchema from "cupping/config.schema.json" with { type: "json" };
      console.log(JSON.stringify([
        typeof CimClient, encodeFrame(commands.LOGIN_HEARTBEAT, {}, 7).length, typeof defineConfig,
        typeof defineScenario, typeof resultSchema, typeof configSchema,
      ]));`;
    await writeFile(join(folder, "import.js"), program);
    const { stdout } = await run(process.execPath, ["import.js"], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual(["function", 16, "function", "function", "object", "object"]);
  });

  test("says how to get what it does not bring along", async () => {
    const refused = npx("cupping", "load", "http", "--target", "ref", "--duration", "1s");
    await expect(refused).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining("load http needs the package autocannon: npm install --save-dev autocannon"),
    });
  });

  test("holds no tests and results, and no sources but those that its documents show", async () => {
    const { stdout } = await run("tar", ["-tzf", tarball]);
    const files = stdout.split("\n");
    expect(files).toContain("package/bin/cupping.js");
    expect(
      files.filter(
        (file) => /\.test\.|\/testing\/|reports\/out|\.tsbuildinfo|(?<!\.d)\.ts$/.test(file) && !SHOWN.test(file),
      ),
    ).toEqual([]);
  });

  test("is well formed for those who import and type-check it", async () => {
    const bin = (name: string): string => join(root, "node_modules", ".bin", name);
    await run(process.execPath, [bin("publint"), "--strict", tarball], { cwd: root });
    await run(
      process.execPath,
      [
        bin("attw"),
        tarball,
        "--profile",
        "esm-only",
        "--exclude-entrypoints",
        "./result.schema.json",
        "./config.schema.json",
        "./k6",
      ],
      { cwd: root },
    );
  });
});
