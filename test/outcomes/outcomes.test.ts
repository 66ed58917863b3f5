// Exit code, verdict on the terminal, result file, JUnit, annotations and page of a run say the same thing: one row for
// each command and each way in which it can end.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { obtainK6 } from "../../harness/k6-run/testing/obtain-k6.ts";
import { agreeing, type Ended } from "./agreeing.ts";

const launcher = join(import.meta.dirname, "../../bin/cupping.js");
const folder = mkdtempSync(join(tmpdir(), "cupping-outcomes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Longest time for one row, in milliseconds, on a busy machine. */
const SLOWEST_MS = 120_000;

const stale = join(folder, "stale.txt");
writeFileSync(stale, "HB-01\n");
const nothing = join(folder, "nothing.json");
writeFileSync(nothing, '{"deduplication": false}');

/** Runs a command with every report that judges. It is interrupted as soon as its standard error says `at`. */
async function run(name: string, words: readonly string[], at?: RegExp): Promise<Ended> {
  const out = join(folder, name.replaceAll(/\W+/g, "-"));
  const reports = ["--report", "html,junit,github,markdown", "--json", "--out", out];
  const env = { ...process.env, CI: "", GITHUB_ACTIONS: "", GITHUB_STEP_SUMMARY: "" };
  const child = spawn(process.execPath, [launcher, ...words, ...reports], { cwd: folder, env });
  let said = "";
  let json = "";
  child.stdout.on("data", (chunk) => {
    json += chunk;
  });
  child.stderr.on("data", (chunk) => {
    if (at !== undefined && !at.test(said) && at.test(said + chunk)) child.kill("SIGINT");
    said += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, json, said, out };
}

const SUITE = ["conformance", "--only"];
/** Registration gives nobody a token, so the case about tokens cannot run where it is demanded. */
const WITHOUT_TOKENS = ["HB-01,LOGIN-05", "--users", "register", "--capabilities", '{"token-login":true}'];
const LOAD = ["load", "chat", "--clients", "20", "--rate", "40/s", "--ramp", "1s", "--warmup", "1s"];

const rows: [what: string, words: string[], codes: number[], at?: RegExp][] = [
  ["conformance passes", [...SUITE, "HB-01"], [0]],
  ["conformance fails", [...SUITE, "LOGOUT-01", "--mutant", "logout-unanswered"], [1]],
  ["conformance fails by a stale list alone", [...SUITE, "HB-01", "--known-failing", stale], [1]],
  ["conformance could not run in part", [...SUITE, ...WITHOUT_TOKENS], [5]],
  ["conformance may be incomplete", [...SUITE, ...WITHOUT_TOKENS, "--allow-incomplete"], [0]],
  ["conformance judged nothing", [...SUITE, "MSG-07", "--capabilities", nothing], [5]],
  ["conformance is interrupted", [...SUITE, "HB-*", "--verbose"], [130], /^passed/m],
  [
    "conformance fails and is interrupted",
    [...SUITE, "HB-*,LOGOUT-01", "--mutant", "logout-unanswered"],
    [130],
    /^failed/m,
  ],
  // A busy machine may make the measurement of a load not valid.
  ["load passes", [...LOAD, "--duration", "2s"], [0, 5]],
  ["load fails", [...LOAD, "--duration", "2s", "--threshold", "msg_ack: p(50)<0.000001"], [1, 5]],
  ["load is interrupted", [...LOAD, "--duration", "60s"], [130], /sent\/s/],
  ["faults are interrupted", ["faults", "--only", "latency,bandwidth"], [130], /^latency /m],
];

test.each(rows)("%s", { timeout: SLOWEST_MS }, async (what, words, codes, at) => {
  const ended = await run(what, words, at);
  expect(codes, ended.said).toContain(ended.code);
  agreeing(ended);
});

const obtained = await obtainK6();
const k6 = "path" in obtained ? obtained.path : undefined;
const UNDER_K6 = ["k6", "chat", "--vus", "2", "--rate", "5", "--ramp", "500ms", "--drain", "5s", "--k6", k6 ?? ""];

const underK6: typeof rows = [
  ["k6 passes", [...UNDER_K6, "--duration", "2s"], [0, 5]],
  ["k6 fails", [...UNDER_K6, "--duration", "2s", "--threshold", "msg_ack: p(50)<0.000001"], [1, 5]],
  // It shows its progress on standard error, as it comes.
  ["k6 is interrupted", [...UNDER_K6, "--duration", "60s"], [130], /running \(/],
];

test.skipIf(k6 === undefined).each(underK6)("%s", { timeout: SLOWEST_MS }, async (what, words, codes, at) => {
  const ended = await run(what, words, at);
  expect(codes, ended.said).toContain(ended.code);
  agreeing(ended);
});

test.each(["conformance", "faults"])(
  "%s with an unknown mutant is bad usage, found before anything starts",
  async (name) => {
    const { code, said } = await run(`${name} with an unknown mutant`, [name, "--mutant", "logout-unanswerd"]);
    expect(said).toMatch(
      /^cupping: --mutant: there is no mutant "logout-unanswerd"; did you mean "logout-unanswered"\?\n$/,
    );
    expect(code).toBe(2);
  },
);
