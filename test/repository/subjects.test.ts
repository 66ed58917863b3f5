import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { subjectFaults } from "./subjects.ts";

const script = join(import.meta.dirname, "check-subjects.ts");
const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];

let folder: string;
let base: string;

function git(where: string, ...words: string[]): string {
  return execFileSync("git", [...identity, ...words], { cwd: where, encoding: "utf8", stdio: "pipe" }).trim();
}

function check(where: string): { status: number | null; stderr: string } {
  return spawnSync(process.execPath, [script, where, base], { encoding: "utf8" });
}

function clone(name: string, ...options: string[]): string {
  git(folder, "clone", "-q", ...options, `file://${join(folder, "origin")}`, name);
  return join(folder, name);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cupping-subjects-"));
  git(folder, "init", "-q", "origin");
  const origin = join(folder, "origin");
  git(origin, "commit", "-q", "--allow-empty", "-m", `older than the rule: ${"x".repeat(100)}`);
  base = git(origin, "rev-parse", "HEAD");
  git(origin, "commit", "-q", "--allow-empty", "-m", "Count what was received");
});
afterAll(() => rmSync(folder, { recursive: true }));

test("commits after the base pass with short subjects, whatever those before it have", () => {
  expect(check(clone("whole"))).toMatchObject({ status: 0, stderr: "" });
});

test("a long subject fails and is named with its commit", () => {
  const copy = clone("long");
  const subject = `Count ${"what was received and ".repeat(4)}sent`;
  git(copy, "commit", "-q", "--allow-empty", "-m", subject);
  const { status, stderr } = check(copy);
  expect(status).toBe(1);
  expect(stderr).toBe(
    `${git(copy, "rev-parse", "HEAD").slice(0, 7)} "${subject}" has ${subject.length} characters; expected 72 at most\n`,
  );
});

test("a shallow clone, and a folder that is no clone, have nothing to check", () => {
  for (const where of [clone("shallow", "--depth=1"), folder]) {
    const { status, stderr } = check(where);
    expect(status).toBe(0);
    expect(stderr).toContain("not checked");
  }
});

test.each([
  ["Count what was received", []],
  ["x".repeat(73).replace("x", "X"), ["has 73 characters; expected 72 at most"]],
  ["Count what was received.", ["ends with a full stop"]],
  ["fix: count what was received", ["begins with no capital letter; expected a verb, without a prefix"]],
])("%s", (subject, faults) => {
  expect(subjectFaults(subject)).toEqual(faults);
});
