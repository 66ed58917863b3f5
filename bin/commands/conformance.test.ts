import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "cupping-conformance-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cupping(...words: string[]): { code: number | null; out: string; err: string } {
  const launcher = join(root, "bin/cupping.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...words], {
    encoding: "utf8",
    cwd: folder,
  });
  return { code: status, out: stdout, err: stderr };
}

/** A case that a server fails when it gives a message that is sent again another id. */
const RESEND = "MSG-07/resend-keeps-the-first-id";

/** Longest time, in milliseconds, for a test that starts the tool seven times on a busy machine. */
const SLOWEST_MS = 240_000;

const readResult = (dir: string): ConformanceResult =>
  JSON.parse(readFileSync(join(dir, "result.json"), "utf8")) as ConformanceResult;

/** Some cases wait for as long as a timer of the target. */
const shortTimers = ["--timers", "login=2s,heartbeat=3s,ack=2s,call=3s"];

test("a rule that holds passes with code 0 and leaves result and report", () => {
  const dir = join(folder, "pass");
  const { code, out, err } = cupping(
    "conformance",
    ...shortTimers,
    "--only",
    "MSG-07",
    "--out",
    dir,
    "--report",
    "html,junit",
  );
  expect(out).toContain("PASSED");
  expect(code).toBe(0);
  expect(err).not.toContain("PASSED");
  const result = readResult(dir);
  expect(result.verdict).toBe("pass");
  expect(result.summary.passed).toBe(result.summary.total);
  expect(result.sections).toEqual([{ id: "MSG", title: "Sending messages" }]);
  expect(readFileSync(join(dir, "junit.xml"), "utf8")).toContain(RESEND);
});

test(
  "a broken rule fails with code 1, tells everything about it, and can be replayed, listed and repeated",
  () => {
    const dir = join(folder, "fail");
    const known = join(folder, "known.txt");
    const mutant = ["--mutant", "duplicate-gets-new-id"];
    const failed = cupping("conformance", "--only", RESEND, ...mutant, "--out", dir, "--write-known-failing", known);
    expect(failed.code).toBe(1);
    const failure = readResult(dir).cases.find(({ id }) => id === RESEND);
    const capsule = join(dir, failure?.capsule ?? "");
    const { out } = failed;
    expect(out).toContain(`FAILED ${RESEND}`);
    const repeat = "repeat: npx cupping conformance";
    const replayed = `replay: npx cupping replay ${relative(folder, capsule)}`;
    for (const part of ["De-duplication", "expected:", "actual:", repeat, replayed]) expect(out).toContain(part);
    // The frames are in the page, and for those who ask.
    expect(out).not.toMatch(/local port|MSG_DATA_ACK seq/);
    const wordy = cupping("conformance", "--only", RESEND, ...mutant, "--out", dir, "--verbose");
    for (const part of ["local port", "MSG_DATA_ACK seq"]) expect(wordy.out).toContain(part);
    expect(cupping("conformance", "--only", RESEND, ...mutant, "--out", dir, "--quiet").out).not.toContain("expected:");
    const again = cupping("replay", capsule, "--times", "2");
    expect(again.out).toMatch(
      /^playing \S+ against the reference server with the mutant duplicate-gets-new-id, as recorded\n/,
    );
    expect(again.out).toContain(`${RESEND}: fails 2 of 2`);
    expect(again.code).toBe(1);
    const mended = cupping("replay", capsule, "--target", "ref", "--times", "2");
    expect(mended.out).toMatch(
      /^playing \S+ against the reference server; it was recorded against the reference server with /,
    );
    expect(mended.out).toContain("fails 0 of 2");
    expect(mended.code).toBe(0);
    const sameFrames = cupping("replay", capsule, "--frames", "--times", "2");
    expect(sameFrames.out).toContain("fails 2 of 2");
    expect(sameFrames.out).toMatch(/all \d+ frames of the target came as recorded/);
    expect(sameFrames.code).toBe(1);
    const otherFrames = cupping("replay", capsule, "--frames", "--target", "ref", "--times", "1");
    expect(otherFrames.out).toMatch(
      /recorded MSG_DATA_ACK .*"server_msg_id":"2".*; now MSG_DATA_ACK .*"server_msg_id":"1"/,
    );
    expect(otherFrames.code).toBe(0);
    const tolerated = cupping("conformance", "--only", RESEND, ...mutant, "--out", dir, "--known-failing", known);
    expect(tolerated.code).toBe(0);
    const stale = cupping("conformance", "--only", RESEND, "--out", dir, "--known-failing", known);
    expect(stale.code).toBe(1);
    // Where the sentence is wrapped depends on the case that it names.
    expect(stale.out.replaceAll(/\s+/g, " ")).toContain("take it off the list");
  },
  SLOWEST_MS,
);

test("what a target does not claim is left out and says so", () => {
  const file = join(folder, "capabilities.json");
  writeFileSync(file, '{"deduplication": false}');
  const { code, out } = cupping(
    "conformance",
    "--only",
    "MSG-07",
    "--capabilities",
    file,
    "--json",
    "--out",
    join(folder, "c"),
  );
  const result = JSON.parse(out) as ConformanceResult;
  expect(new Set(result.cases.map(({ status }) => status))).toEqual(new Set(["notApplicable"]));
  expect(result.cases[0]?.reason).toContain("does not claim deduplication");
  expect(result.verdict).toBe("invalid");
  expect(code).toBe(5);
});

test.each([
  [["--only", "MSG-99"], 'no case matches "MSG-99"'],
  [["--jobs", "0"], "--jobs takes a whole number"],
  [["--timers", "login=soon"], '"login=soon" is not a timer'],
  [["--target", "tcp://127.0.0.1:1", "--mutant", "x"], "--mutant belongs to --target ref"],
  [["--known-failing", "/nowhere"], "cannot read /nowhere"],
])("%j is a usage error", (words, message) => {
  const { code, err } = cupping("conformance", ...words);
  expect(err).toContain(message);
  expect(err.trim().split("\n")).toHaveLength(1);
  expect(code).toBe(2);
});

test("a target that cannot be reached has code 3", () => {
  const password = join(folder, "password.txt");
  writeFileSync(password, "secret\n");
  const accounts = ["--users", "template", "--user-template", "u{n}", "--user-password", `@${password}`];
  const { code } = cupping("conformance", "--target", "tcp://127.0.0.1:1", ...accounts);
  expect(code).toBe(3);
});

test("accounts without a password are a usage error, whether the target can be reached or not", () => {
  const accounts = ["--users", "template", "--user-template", "u{n}"];
  const { code, err } = cupping("conformance", "--target", "tcp://127.0.0.1:1", ...accounts);
  expect(err).toContain("--users template needs a password");
  expect(code).toBe(2);
});

test("--list shows the cases and runs none", () => {
  const { code, out } = cupping("conformance", "--list", "--only", "HB-*", "--json");
  expect(code).toBe(0);
  const ids = (JSON.parse(out) as { id: string }[]).map(({ id }) => id);
  expect(ids).toContain("HB-02/silence-closes");
  expect(ids.every((id) => id.startsWith("HB-"))).toBe(true);
});
