// What the gate and a replay leave says the same everywhere: exit code, standard output and error, and every report.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { healthy } from "../sick-targets/index.ts";
import { runInterrupted } from "../sick-targets/run.ts";

const SLOWEST_MS = 120_000;
const launcher = join(import.meta.dirname, "../../bin/cupping.js");
const folder = mkdtempSync(join(tmpdir(), "cupping-gates-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

function run(...words: string[]): Promise<Ended> {
  return runUntil(undefined, "SIGINT", ...words);
}

/** The same, ended by a signal as soon as either of its outputs says `at`. */
async function runUntil(at: RegExp | undefined, signal: NodeJS.Signals, ...words: string[]): Promise<Ended> {
  const env = { ...process.env, CI: "", GITHUB_ACTIONS: "", GITHUB_STEP_SUMMARY: "" };
  const child = spawn(process.execPath, [launcher, ...words], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let [out, said] = ["", ""];
  const watch = (before: string, chunk: unknown): string => {
    const now = before + String(chunk);
    if (at !== undefined && !at.test(before) && at.test(now)) child.kill(signal);
    return now;
  };
  child.stdout.on("data", (chunk) => {
    out = watch(out, chunk);
  });
  child.stderr.on("data", (chunk) => {
    said = watch(said, chunk);
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, said };
}

const broken = { only: "LOGOUT-01", mutant: ["logout-unanswered"] };
/** Registration gives nobody a token, so the case about tokens cannot run where it is demanded. */
const incomplete = { only: "HB-01,LOGIN-05", users: "register", capabilities: '{"token-login":true}' };

const gates = [
  { what: "passes", suite: { only: "HB-01" }, code: 0, verdict: "pass", word: "Passed" },
  { what: "fails", suite: broken, code: 1, verdict: "fail", word: "Failed" },
  { what: "gets no answer", suite: incomplete, code: 5, verdict: "invalid", word: "Not valid" },
  {
    what: "may be incomplete",
    suite: { ...incomplete, allowIncomplete: true },
    code: 0,
    verdict: "pass",
    word: "Passed",
  },
];

test.each(gates)("a gate that $what", { timeout: SLOWEST_MS }, async ({ what, suite, code, verdict, word }) => {
  const config = join(folder, `${what}.json`);
  writeFileSync(config, JSON.stringify({ target: "ref", conformance: suite }));
  const out = join(folder, what);
  const ended = await run("gate", "--config", config, "--report", "html,junit,github,markdown", "--json", "--out", out);
  const read = (name: string): string => readFileSync(join(out, name), "utf8");
  expect(ended.code, ended.said).toBe(code);
  expect(JSON.parse(ended.out)).toMatchObject({ verdict, steps: [{ name: "conformance", verdict }] });
  expect(ended.said).toContain({ pass: "GATE PASSED", fail: "GATE FAILED", invalid: "NO ANSWER" }[verdict]);
  expect(read("report.html")).toMatch(new RegExp(`<p class="word"[^>]*>${word}</p>`));
  const [, failures, errors] = /<testsuites .*failures="(\d+)" errors="(\d+)"/.exec(read("junit.xml")) ?? [];
  expect(Number(failures) > 0, "failures in JUnit").toBe(verdict === "fail");
  if (verdict !== "fail") expect(Number(errors) > 0, "errors in JUnit").toBe(verdict === "invalid");
  const annotations = read("annotations.txt");
  if (verdict === "fail") expect(annotations).toMatch(/^::error /m);
  if (verdict === "invalid") expect(annotations).toMatch(/^::warning title=The meas/m);
  if (verdict === "pass") expect(annotations).not.toMatch(/^::error /m);
});

test.each([
  {
    what: "is interrupted",
    suite: { only: "MSG-*", jobs: 1, verbose: true },
    at: /^passed/m,
    verdict: "invalid",
    word: "Interrupted",
  },
])("a gate that $what", { timeout: SLOWEST_MS }, async ({ what, suite, at, verdict, word }) => {
  const config = join(folder, `${what}.json`);
  writeFileSync(config, JSON.stringify({ target: "ref", conformance: suite }));
  const out = join(folder, what);
  const words = ["gate", "--config", config, "--report", "html,junit,github,markdown", "--json", "--out", out];
  const ended = await runUntil(at, "SIGINT", ...words);
  const read = (name: string): string => readFileSync(join(out, name), "utf8");
  expect(ended.code, ended.said).toBe(130);
  expect(JSON.parse(ended.out)).toMatchObject({ verdict, steps: [{ name: "conformance", verdict }] });
  expect(ended.said).toMatch(verdict === "fail" ? /^GATE FAILED/m : /^NO ANSWER: the gate was interrupted/m);
  expect(read("report.html")).toMatch(new RegExp(`<h1[^>]*>Gate</h1>\\s*<p class="word"[^>]*>${word}<`));
  const [, failures, errors] = /<testsuites .*failures="(\d+)" errors="(\d+)"/.exec(read("junit.xml")) ?? [];
  expect(Number(failures) > 0, "failures in JUnit").toBe(verdict === "fail");
  expect(Number(errors) > 0, "errors in JUnit").toBe(true);
  const annotations = read("annotations.txt");
  expect(annotations).toMatch(/^::warning title=Gate/m);
  if (verdict === "fail") expect(annotations).toMatch(/^::error /m);
  else expect(annotations).not.toMatch(/^::error /m);
});

let capsule = "";
beforeAll(async () => {
  const words = ["conformance", "--target", "ref", "--only", "LOGOUT-01", "--mutant", "logout-unanswered"];
  await run(...words, "--out", join(folder, "recorded"));
  capsule = join(folder, "recorded", "capsules", "LOGOUT-01_answered.json");
}, SLOWEST_MS);

test.each([
  { what: "fails again", words: [], code: 1, statuses: ["failed"] },
  { what: "passes against a mended server", words: ["--target", "ref"], code: 0, statuses: ["passed"] },
])("a replay that $what", { timeout: SLOWEST_MS }, async ({ words, code, statuses }) => {
  const ended = await run("replay", capsule, "--times", "1", "--json", ...words);
  expect(ended.code, ended.said).toBe(code);
  const { results } = JSON.parse(ended.out) as { results: { status: string }[] };
  expect(results.map(({ status }) => status)).toEqual(statuses);
});

test.each([
  { how: [], last: /^LOGOUT-01\/answered: fails 0 of \d+$/m },
  { how: ["--frames"], last: /^LOGOUT-01\/answered: the recorded frames, played; fails 0 of \d+$/m },
])("a replay that is interrupted $how says what came until then", { timeout: SLOWEST_MS }, async ({ how, last }) => {
  const words = ["replay", capsule, "--times", "10000", ...how];
  const told = await runInterruptedReplay(words);
  expect(told.code, told.err).toBe(130);
  expect(told.out).toMatch(last);
  const json = await runInterruptedReplay([...words, "--json"]);
  expect(json.code, json.err).toBe(130);
  const { results, played } = JSON.parse(json.out) as { results?: { status: string }[]; played?: unknown[] };
  expect((results ?? played)?.length).toBeGreaterThan(0);
  expect(results?.filter(({ status }) => status !== "passed" && status !== "interrupted") ?? []).toEqual([]);
  for (const { err } of [told, json]) expect(err).not.toMatch(/the suite's own fault|^ +at /m);
});

/** Ctrl-C once it has played some times. */
function runInterruptedReplay(words: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  return runInterrupted(healthy, 8, ...words);
}

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "a server that is ended by %s has told its ports, and nothing else",
  { timeout: SLOWEST_MS },
  async (signal) => {
    const ports = ["--tcp", "0", "--ws", "0", "--http", "0"];
    const { code, out, said } = await runUntil(/\n/, signal, "serve", ...ports, "--store", "memory:");
    expect(code, said).toBe(0);
    const lines = out.trimEnd().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(["listening"]);
    expect(said).not.toMatch(/^ +at |cupping:/m);
  },
);

test.each([
  [["replay", "no-capsule.json"], /^cupping: [^\n]*no-capsule\.json[^\n]*\n$/],
  [["replay", "no-capsule.json", "--times", "0"], /^cupping: --times takes a whole number from 1[^\n]*\n$/],
  [["k6", "no-scenario"], /^cupping: there is no k6 scenario "no-scenario"[^\n]*\n$/],
  [["serve", "--tcp", "70000"], /^cupping: --tcp [^\n]* from 0 to 65535[^\n]*\n$/],
] as [string[], RegExp][])("%j is bad usage", { timeout: SLOWEST_MS }, async (words, sentence) => {
  const { code, out, said } = await run(...words);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(said).toMatch(sentence);
});
