import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { passwordDigest } from "../../harness/client/index.ts";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { LocalServer } from "../../server-ref/testing/local-server.ts";

const folder = mkdtempSync(join(tmpdir(), "cupping-used-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Running {
  readonly child: ChildProcess;
  said: string;
  readonly ended: Promise<number>;
  result(): ConformanceResult;
}

/** Begins `cupping faults` with accounts of a file. */
function begin(server: LocalServer, name: string, only: string): Running {
  const out = join(folder, name);
  const target = ["--target", server.tcp, "--http", server.http, "--users", `file:${join(folder, "users.csv")}`];
  const words = ["faults", "--only", only, "--pairs", "1", ...target, "--out", out];
  const child = spawn(process.execPath, [join(import.meta.dirname, "../cupping.js"), ...words]);
  const running: Running = {
    child,
    said: "",
    ended: once(child, "close").then(([code]) => code as number),
    result: () => JSON.parse(readFileSync(join(out, "result.json"), "utf8")) as ConformanceResult,
  };
  child.stderr.on("data", (chunk) => {
    running.said += chunk;
  });
  return running;
}

/** Two accounts, whose password the file has in clear. */
async function writeUsers(server: LocalServer): Promise<void> {
  const lines = ["user_name,password"];
  for (const userName of ["used-a", "used-b"]) {
    await server.register({ userName, userNickName: userName, userPwd: passwordDigest("secret") });
    lines.push(`${userName},secret`);
  }
  writeFileSync(join(folder, "users.csv"), `${lines.join("\n")}\n`);
}

test("faults pass again with the accounts of a file, and two at a time are not valid", {
  timeout: 180_000,
}, async () => {
  await using server = await LocalServer.start();
  await writeUsers(server);
  for (const name of ["first", "second"]) {
    const run = begin(server, name, "connections-reset,latency");
    expect(await run.ended, run.said).toBe(0);
  }
  const one = begin(server, "one", "latency,bandwidth,partition");
  await expect.poll(() => one.said, { timeout: 30_000 }).toMatch(/^latency .*all guarantees kept/m);
  const other = begin(server, "other", "latency");
  for (const run of [one, other]) {
    expect(await run.ended, run.said).toBe(5);
    const { verdict, reasons, summary } = run.result();
    expect(verdict).toBe("invalid");
    expect(reasons[0]).toMatch(/^\d+ messages? of another run reached these users: .*--users/);
    expect(summary.failed).toBe(0);
    expect(summary.couldNotRun).toBeGreaterThan(0);
  }
});
