// A run that has too few files and connections would blame its target for what breaks: it is not begun.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "cupping-too-few-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const launcher = join(import.meta.dirname, "../cupping.js");

test.each([
  ["conformance", 512],
  ["conformance --quick", 256],
  ["doctor", 256],
  ["faults", 96],
  ["load chat", 80],
  ["load http --connections 30", 94],
])("%s with too few descriptors is told so at once, and says nothing of its target", async (words, needed) => {
  const script = 'ulimit -n 48; exec "$0" "$@"';
  const { code, stdout, stderr } = await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const all = ["-c", script, process.execPath, launcher, ...words.split(" ")];
    execFile("bash", all, { cwd: folder }, (error, out, err) =>
      resolve({ code: error?.code, stdout: out, stderr: err }),
    );
  });
  expect(stderr).toBe(
    `cupping: this process may have 48 files and connections open at a time, and this run needs up to ${needed}: raise its limit (ulimit -n ${needed})\n`,
  );
  expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
  expect(readdirSync(folder)).toEqual([]);
});
