// A signal ends every command in order, in every phase, with what was measured until then.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { obtainK6 } from "../../harness/k6-run/testing/obtain-k6.ts";
import type { LoadResult } from "../../harness/result/index.ts";
import { floods, overWebSocket, type SickTarget } from "../sick-targets/index.ts";
import { type Ended, folder, run } from "./command.ts";

const SLOWEST_MS = 120_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const LOAD = ["load", "chat", "--clients", "20", "--rate", "40/s", "--ramp", "30s"];

const obtained = await obtainK6();
const k6 = "path" in obtained ? obtained.path : undefined;

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

/** Commands with what they say as soon as there is something to measure. */
const measuring: [what: string, words: string[], at: RegExp, signals: readonly NodeJS.Signals[]][] = [
  ["conformance", ["conformance", "--only", "HB-*", "--jobs", "1", "--verbose"], /^passed/m, SIGNALS],
  ["load, during its ramp", LOAD, /bringing clients up · [1-9]/, ["SIGTERM", "SIGHUP"]],
  ["faults", ["faults", "--only", "latency,bandwidth"], /^latency /m, ["SIGHUP"]],
];
const cases = measuring.flatMap(([what, words, at, signals]) =>
  signals.map((signal) => [what, signal, words, at] as const),
);

test.each(cases)("%s ends by %s with what it measured", { timeout: SLOWEST_MS }, async (_what, signal, words, at) => {
  const { code, said, result } = await run(words, { at, act: (child) => child.kill(signal) });
  expect(code, said).toBe(130);
  expect(result?.run.partial).toBe(true);
  expect(said).toContain("ending the run in order");
  expect(said).toMatch(/^(INTERRUPTED|FAILED) [\s\S]*^written: /m);
});

test.each(
  SIGNALS.flatMap((signal) => [
    ["conformance", signal, ["conformance"]] as const,
    ["load", signal, LOAD] as const,
    ["faults", signal, ["faults"]] as const,
  ]),
)("%s ends by %s while it waits for its target", { timeout: SLOWEST_MS }, async (_what, signal, words) => {
  // It takes connections and leaves the WebSocket handshake unanswered.
  const silent = createServer((socket) => socket.on("error", () => {}));
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const target = `ws://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const reached = once(silent, "connection");
  try {
    const ended = run([...words, "--target", target, "--http", "http://127.0.0.1:2"], {
      onStart: (child) => void reached.then(() => child.kill(signal)),
    });
    const { code, said, files } = await ended;
    expect(code, said).toBe(130);
    expect(said).toMatch(/interrupted before anything was measured\n$/);
    expect(files).toEqual([]);
  } finally {
    silent.close();
  }
});

test.each(["SIGTERM", "SIGHUP"] as const)(
  "%s ends what does not end in order by itself",
  { timeout: SLOWEST_MS },
  async (signal) => {
    const module = join(import.meta.dirname, "../../bin/run/interrupt.ts");
    const script = `
      import { catchInterrupt } from ${JSON.stringify(module)};
      catchInterrupt();
      setInterval(() => {}, 1000);
      process.stdout.write("ready");
    `;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    children.push(child);
    await once(child.stdout, "data");
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([130, null]);
  },
);

test("nobody more is connected once a load is interrupted in its ramp", { timeout: SLOWEST_MS }, async () => {
  const at = /bringing clients up · [1-9]/;
  const { result } = await run(LOAD, { at, act: (child) => child.kill("SIGINT") });
  const { clients } = result as LoadResult;
  expect(clients.peak).toBeLessThan(clients.requested);
});

/** Every command, none of which has done anything yet when it is ended. */
const COMMANDS = [
  ...["conformance", "load", "faults", "doctor", "gate", "serve", "list", "decode", "init", "k6"].map((one) => [one]),
  ...[["replay", "none.json"], ["report", "none.json"], ["compare", "none.json", "none.json"], ["--help"]],
];

/** Raises a signal as soon as a process of this system catches SIGHUP, the last one that the command line listens for. */
function endAtFirst(child: ChildProcess, signal: NodeJS.Signals): void {
  const watch = setInterval(() => {
    const status = existsSync(`/proc/${child.pid}/status`) ? readFileSync(`/proc/${child.pid}/status`, "utf8") : "";
    const caught = /^SigCgt:\s+[0-9a-f]*([0-9a-f])$/m.exec(status)?.[1];
    if (child.exitCode === null && (Number.parseInt(caught ?? "0", 16) & 1) === 0) return;
    clearInterval(watch);
    child.kill(signal);
  }, 1);
}

test
  .skipIf(process.platform !== "linux")
  .each(
    COMMANDS.flatMap((words, place) =>
      SIGNALS.filter((_, at) => at === 0 || place < 2).map((signal) => [signal, words] as const),
    ),
  )("%s says so before anything has begun: %j", { timeout: SLOWEST_MS }, async (signal, words) => {
  const onStart = (child: ChildProcess): void => endAtFirst(child, signal);
  const { code, said } = await run(words, { leavesNothing: true, onStart });
  expect({ code, said }).toEqual({ code: 130, said: "cupping: interrupted\n" });
});

const RESET = ["faults", "--only", "connections-reset", "--pairs", "1", "--rate", "20"];
const CASE = ["--only", "LOGOUT-01", "--mutant", "logout-unanswered"];

/** Paths of what a command takes that was made before. */
const gateConfig = join(folder, "gate.json");
const recorded = join(folder, "recorded");
const capsule = join(recorded, "capsules", "LOGOUT-01_answered.json");
beforeAll(async () => {
  writeFileSync(gateConfig, JSON.stringify({ target: "ref", conformance: {} }));
  await run(["conformance", ...CASE], { out: recorded });
}, SLOWEST_MS);

/** Ends a command by a signal as soon as so many connections were opened at a target that floods whoever logs in. */
async function endFlooded(sick: SickTarget, signal: NodeJS.Signals, words: readonly string[]): Promise<Ended> {
  const flooding = await sick.start();
  let watch: NodeJS.Timeout | undefined;
  try {
    const at = ["--target", flooding.target, "--http", flooding.http ?? ""];
    return await run([...words, ...at], {
      leavesNothing: words[0] === "replay",
      onStart(child) {
        // The first connection is that of whoever looks what listens.
        watch = setInterval(() => {
          if ((flooding.connections ?? 0) < 3) return;
          clearInterval(watch);
          child.kill(signal);
        }, 20);
      },
    });
  } finally {
    clearInterval(watch);
    await flooding.stop();
  }
}

test.each([
  ["conformance", "SIGTERM", ["conformance"]],
  ["conformance", "SIGHUP", ["conformance", "--jobs", "1"]],
  ["load", "SIGTERM", LOAD],
  ["load", "SIGINT", LOAD],
  ["faults", "SIGTERM", RESET],
  ["faults", "SIGHUP", RESET],
  ["gate", "SIGTERM", ["gate", "--config", gateConfig]],
] as const)("%s ends by %s in order while its target floods", { timeout: SLOWEST_MS }, async (_what, signal, words) => {
  const { code, said, files, result } = await endFlooded(floods, signal, words);
  expect(code, said).toBe(130);
  expect(files).toContain("report.html");
  if (words[0] !== "gate") expect(result?.run.partial).toBe(true);
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "replay ends by %s in order while its target floods",
  { timeout: SLOWEST_MS },
  async (signal) => {
    const { code, said } = await endFlooded(floods, signal, ["replay", capsule]);
    expect(code, said).toBe(130);
    expect(said).toMatch(
      /LOGOUT-01\/answered: interrupted before it came to a result|interrupted before anything was measured/,
    );
  },
);

test.skipIf(k6 === undefined)(
  "k6 ends by SIGTERM in order while its target floods",
  { timeout: SLOWEST_MS },
  async () => {
    const words = ["k6", "chat", "--vus", "2", "--rate", "5", "--duration", "60s", "--k6", k6 as string];
    const { code, said, result } = await endFlooded(overWebSocket(floods), "SIGTERM", words);
    expect(code, said).toBe(130);
    expect(result?.run.partial).toBe(true);
  },
);
