// What listens is told before anybody is asked for accounts, and before accounts are missed that could not be registered.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  closesAtOnce,
  healthy,
  littleEndian,
  logsNobodyIn,
  overWebSocket,
  type SickTarget,
  saysNothing,
  speaksHttp,
  speaksTls,
} from "./index.ts";
import { runAgainst } from "./run.ts";

const SLOWEST_MS = 120_000;
const folder = mkdtempSync(join(tmpdir(), "cupping-without-accounts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** It is never run: what listens shows first. */
const k6 = join(folder, "k6");
writeFileSync(k6, "#!/bin/sh\necho 'k6 v2.2.0 (go1.26.8, linux/amd64)'\n");
chmodSync(k6, 0o755);

const capsule = join(folder, "recorded", "capsules", "LOGOUT-01_answered.json");
beforeAll(async () => {
  const launcher = join(import.meta.dirname, "../../bin/cupping.js");
  const words = ["conformance", "--only", "LOGOUT-01", "--mutant", "logout-unanswered", "--quiet"];
  const child = spawn(process.execPath, [launcher, ...words, "--out", join(folder, "recorded")], { stdio: "ignore" });
  await once(child, "close");
}, SLOWEST_MS);

/** The same target, with another HTTP API named beside it, or none. */
function named(sick: SickTarget, api: (target: string) => string | undefined): SickTarget {
  return {
    ...sick,
    async start() {
      const running = await sick.start();
      const { target } = running;
      const http = api(target);
      return { target, ...(http !== undefined && { http }), stop: () => running.stop() };
    },
  };
}
const withoutApi = (sick: SickTarget): SickTarget => named(sick, () => undefined);
const asItsOwnApi = (sick: SickTarget): SickTarget => named(sick, (target) => target.replace(/^\w+:/, "http:"));

const commands: [what: string, words: () => string[]][] = [
  ["doctor", () => ["doctor"]],
  ["conformance", () => ["conformance"]],
  ["load", () => ["load", "idle", "--clients", "4", "--duration", "1s"]],
  ["faults", () => ["faults", "--only", "latency", "--pairs", "1"]],
  ["replay", () => ["replay", capsule]],
  ["replay --frames", () => ["replay", capsule, "--frames"]],
];

const IS_HTTP = /^cupping: tcp:\S+ is not a server of this protocol: it speaks HTTP: .*"HTTP\/1\.1 400 Bad Request"$/m;
const CLOSES = /^cupping: tcp:\S+ closes every connection at once$/m;

test.each(commands)("%s says what listens, and asks for no accounts", { timeout: SLOWEST_MS }, async (_what, words) => {
  const strangers: [SickTarget, RegExp][] = [
    [withoutApi(speaksHttp), IS_HTTP],
    [withoutApi(closesAtOnce), CLOSES],
    [asItsOwnApi(speaksHttp), IS_HTTP],
  ];
  for (const [stranger, sentence] of strangers) {
    const { code, err } = await runAgainst(stranger, ...words());
    expect(err).toMatch(sentence);
    expect({ code, named: /--users|register/.test(err) }).toEqual({ code: 3, named: false });
  }
});

test.each([
  [speaksTls, 3, /not a server of this protocol: it speaks TLS; give --target tls:\/\/127\.0\.0\.1:\d+/],
  [littleEndian, 3, /speaks the protocol with a little-endian header.*; first mend CONN-02, nothing else/],
  [
    saysNothing,
    2,
    /says nothing when somebody logs in, and the target has no --http, so accounts cannot be registered/,
  ],
  [healthy, 2, /^cupping: the target has no --http, so accounts cannot be registered; give --http or --users /m],
])("$name without accounts", { timeout: SLOWEST_MS }, async (stranger, exitCode, sentence) => {
  const { code, err } = await runAgainst(withoutApi(stranger), "doctor");
  expect(err).toMatch(sentence);
  expect(code).toBe(exitCode);
});

test("a server over WebSocket that logs nobody in is no target of k6", { timeout: SLOWEST_MS }, async () => {
  const { code, err } = await runAgainst(overWebSocket(logsNobodyIn), "k6", "chat", "--vus", "1", "--k6", k6);
  expect(err).toMatch(/nobody can log in: .*result_code 6.*; first mend LOGIN-01, nothing else/);
  expect(code).toBe(3);
});

test("a replay against a stranger beside which accounts are registered", { timeout: SLOWEST_MS }, async () => {
  const { code, err } = await runAgainst(speaksHttp, "replay", capsule);
  expect(err).toMatch(IS_HTTP);
  expect(code).toBe(3);
});
