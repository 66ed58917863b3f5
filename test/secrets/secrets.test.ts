import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCupping } from "../../bin/report/testing/run-cupping.ts";
import { mutantByName } from "../../server-ref/mutants/index.ts";
import { LocalServer } from "../../server-ref/testing/local-server.ts";
import { echoing } from "../peers/degenerate/echoing.ts";
import { startPeer } from "../peers/peer.ts";
import { leaksIn, markedAccounts } from "./leaks.ts";

const TIMERS = "login=2500ms,heartbeat=4s,ack=1500ms,call=4s";
const accounts = markedAccounts(2_500);
let folder: string;
let users: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cupping-secrets-"));
  users = join(folder, "users.csv");
  writeFileSync(users, accounts.csv);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every case, with every frame kept and every report written. */
async function everythingWritten(
  target: readonly string[],
  name: string,
): Promise<{ leaks: string[]; failed: number }> {
  const out = join(folder, name);
  const reports = ["--report", "html,junit,markdown,github,prometheus", "--json", "--verbose", "--out", out];
  const args = ["conformance", ...target, "--users", `file:${users}`, "--timers", TIMERS, ...reports];
  const ran = await runCupping(folder, args);
  const { summary } = JSON.parse(ran.out) as { summary: { failed: number; passed: number } };
  return {
    leaks: leaksIn(out, { "standard output": ran.out, "standard error": ran.err }, accounts),
    failed: summary.failed,
  };
}

/** Mistakes that make cases fail whose frames log somebody in, in every place where such frames lie. */
const mutants = [
  "packets-behind-early-handled",
  "wrong-token-accepted",
  "password-case-ignored",
  "second-login-switches-user",
  "undecodable-body-closes",
  "split-header-lost",
  "four-packets-per-read",
  "answers-numbered-by-counter",
];

test("no word of an account is written, whichever case fails or passes", { timeout: 900_000 }, async () => {
  await using server = await LocalServer.start({
    usersFile: users,
    loginTimeoutMs: 2_500,
    heartbeatTimeoutMs: 4_000,
    ackTimeoutMs: 1_500,
    callHeartbeatTimeoutMs: 4_000,
    mutants: mutants.map((name) => mutantByName(name) ?? expect.fail(`there is no mutant ${name}`)),
  });
  const target = ["--target", server.tcp, "--websocket", server.ws, "--http", server.http];
  const { leaks, failed } = await everythingWritten(target, "mutants");
  expect(failed).toBeGreaterThan(mutants.length);
  expect(leaks).toEqual([]);
});

test("nor is one by a server that sends everything back as it came", { timeout: 240_000 }, async () => {
  const peer = await startPeer(echoing);
  const target = ["--target", `tcp://127.0.0.1:${peer.port}`, "--http", peer.http, "--timeout-scale", "0.2"];
  const { leaks } = await everythingWritten([...target, "--jobs", "64"], "echoing");
  await peer.stop();
  expect(leaks).toEqual([]);
});
