import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { FREE_PORTS, ServeProcess } from "../../test/server/serve-process.ts";

const launcher = join(import.meta.dirname, "../cupping.js");
const folder = mkdtempSync(join(tmpdir(), "cupping-death-"));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function cupping(...words: string[]): ChildProcess {
  const child = spawn(process.execPath, [launcher, ...words], { stdio: ["ignore", "pipe", "pipe"], cwd: folder });
  children.push(child);
  return child;
}

test("a target that dies in the middle leaves a whole report that names the last case before its death", async () => {
  await using server = new ServeProcess(...FREE_PORTS, "--store", "memory:");
  await server.listening();
  const run = cupping(
    "conformance",
    ...["--target", server.tcp, "--http", server.http],
    "--only",
    "MSG-*",
    "--jobs",
    "1",
    "--verbose",
    "--out",
    "out",
    "--report",
    "html,junit",
  );
  const passed: string[] = [];
  let err = "";
  run.stderr?.on("data", (chunk) => {
    err += String(chunk);
  });
  createInterface({ input: run.stderr as NodeJS.ReadableStream }).on("line", (text) => {
    const id = /^passed +(\S+)/.exec(text)?.[1];
    if (id === undefined) return;
    passed.push(id);
    if (passed.length === 5) server.child.kill("SIGKILL");
  });
  const [code] = (await once(run, "close")) as [number];
  expect(code).toBe(1);
  const last = passed.at(-1) as string;
  const result = JSON.parse(readFileSync(join(folder, "out/result.json"), "utf8")) as ConformanceResult;
  expect(result.verdict).toBe("fail");
  const [death] = result.reasons;
  expect(death).toContain("died or stopped taking connections");
  expect(death).toContain(`the last case that ended before was ${last}`);
  // Those that ran at the time are named as well, and none of them counts against a rule.
  const running = /while (.+) ran;/.exec(death ?? "")?.[1]?.split(", ") ?? [];
  expect(running.length).toBeGreaterThan(0);
  const statuses = running.map((id) => result.cases.find((one) => one.id === id)?.status);
  expect(new Set(statuses)).toEqual(new Set(["couldNotRun"]));
  expect(result.summary.passed).toBe(passed.length);
  expect(result.summary.passed + result.summary.couldNotRun + result.summary.notApplicable).toBe(result.summary.total);
  expect(err.replaceAll(/\s+/g, " ")).toContain(`the last case that ended before was ${last}`);
  expect(readFileSync(join(folder, "out/report.html"), "utf8")).toContain(
    `the last case that ended before was ${last}`,
  );
  expect(readFileSync(join(folder, "out/junit.xml"), "utf8")).toContain(last);
});
