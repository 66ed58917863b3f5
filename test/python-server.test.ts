import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const example = join(root, "examples", "python-server");
const folder = mkdtempSync(join(tmpdir(), "cupping-python-"));
const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe.skipIf(!hasPython)("the Python server (skipped where there is no python3)", () => {
  const complaints: string[] = [];
  let server: ChildProcess;
  let ports: { tcp: number; http: number };

  beforeAll(async () => {
    server = spawn(
      "python3",
      [
        join(example, "cim_server.py"),
        ...["--tcp", "0", "--http", "0", "--store", join(folder, "cim.db")],
        ...["--login-timeout", "2", "--heartbeat-timeout", "3"],
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    server.stderr?.setEncoding("utf8").on("data", (text: string) => complaints.push(text));
    const [line] = (await once(server.stdout as Readable, "data")) as [Buffer];
    ports = JSON.parse(line.toString());
  });
  afterAll(() => {
    server.kill();
    rmSync(folder, { recursive: true });
  });

  test("fails the cases of its known-failing list and no other", { timeout: 180_000 }, async () => {
    const run = promisify(execFile)(process.execPath, [
      join(root, "bin", "cupping.js"),
      "conformance",
      ...["--target", `tcp://127.0.0.1:${ports.tcp}`, "--http", `http://127.0.0.1:${ports.http}`],
      ...["--timers", "login=2s,heartbeat=3s", "--out", folder, "--report", "junit", "--seed", "1", "--quiet"],
      ...["--capabilities", join(example, "capabilities.json")],
      ...["--known-failing", join(example, "known-failing.txt")],
    ]);
    const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
    const result = JSON.parse(readFileSync(join(folder, "result.json"), "utf8"));
    expect(result.verdict, `${stdout}${stderr}`).toBe("pass");
    expect(result.summary.passed).toBeGreaterThan(150);
    // What its handlers could not take would be hidden by their answer: silence.
    expect(complaints).toEqual([]);
  });
});
