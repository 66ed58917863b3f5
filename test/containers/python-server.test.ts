import { execFile, execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasEngine } from "../../harness/targets/index.ts";
import { makePythonBase } from "./python-base.ts";

const root = join(import.meta.dirname, "..", "..");
const example = join(root, "examples", "python-server");
const BASE = "cupping-python-test:local";
const folder = mkdtempSync(join(tmpdir(), "cupping-python-stack-"));
afterAll(() => rmSync(folder, { recursive: true }));

const missing = [
  ...((await hasEngine()) ? [] : ["no Docker engine answers (docker version)"]),
  ...(spawnSync("python3", ["--version"]).status === 0 ? [] : ["there is no python3"]),
];
if (missing.length > 0) process.stderr.write(`the stack of another server is not tested: ${missing.join(", ")}\n`);

const names = (...words: string[]): string[] =>
  execFileSync("docker", words, { encoding: "utf8" })
    .split("\n")
    .filter((name) => name.startsWith("cupping-") && !name.endsWith(":local"));

describe.skipIf(missing.length > 0)("a server that is not ours, in a stack of containers", () => {
  beforeAll(() => makePythonBase(BASE), 120_000);

  test("is held against the suite, measured and logged, and leaves nothing behind", { timeout: 240_000 }, async () => {
    const words = [
      ...["conformance", "--target", "container", "--compose", join(example, "compose.yaml"), "--service", "im"],
      ...["--capabilities", join(example, "capabilities.json")],
      ...["--known-failing", join(example, "known-failing.txt")],
      ...["--timers", "login=2s,heartbeat=3s", "--out", folder, "--report", "junit", "--seed", "1", "--quiet"],
    ];
    const env = { ...process.env, PYTHON_BASE: BASE, LOGIN_SECONDS: "2", HEARTBEAT_SECONDS: "3" };
    const run = promisify(execFile)(process.execPath, [join(root, "bin", "cupping.js"), ...words], { env });
    const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
    const result = JSON.parse(readFileSync(join(folder, "result.json"), "utf8"));
    expect(result.verdict, `${stdout}${stderr}`).toBe("pass");
    expect(result.summary.passed).toBeGreaterThan(150);
    expect(result.target.startedBy).toBe("container");
    expect(result.target.usage.cpuSeconds).toBeGreaterThan(0.1);
    expect(result.target.usage.rssPeakBytes).toBeGreaterThan(5_000_000);
    expect(readFileSync(join(folder, "logs", "im.log"), "utf8")).toContain('"event": "listening"');
    for (const what of [
      ["ps", "--all", "--format", "{{.Names}}"],
      ["images", "--format", "{{.Repository}}:{{.Tag}}"],
    ]) {
      expect(names(...what).filter((name) => name.includes("_im") || name.includes("-im"))).toEqual([]);
    }
  });
});
