// How many clients one machine carries: reference server and harness together.
//
//   npx node bench/scale/scale.ts --clients 15000 --rate 1000 --duration 30
//
// Prints one JSON object with the figures of docs/scale.md.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { accountsFromFile } from "../../harness/accounts/index.ts";
import { runLoad } from "../../harness/load/index.ts";
import type { LoadResult } from "../../harness/result/index.ts";
import { builtInScenarios } from "../../scenarios/load/index.ts";
import { refuseCommandLine, scriptOptions } from "../../test/scripts/options.ts";
import { pidsOfFamily, usageOfFamily } from "./process-family.ts";

const values = scriptOptions({
  scenario: { type: "text", default: "chat" },
  clients: { type: "count", default: 15_000 },
  rate: { type: "count", default: 1000 },
  duration: { type: "time", default: 30 },
  ramp: { type: "text", default: "" },
  heartbeat: { type: "text", default: "30s" },
  workers: { type: "text", default: "auto" },
  processes: { type: "count", default: 1 },
  store: { type: "text", default: "" },
  audit: { type: "switch", default: true },
});

const { clients } = values;
const chosen =
  builtInScenarios.find(({ scenario }) => scenario.name === values.scenario) ??
  refuseCommandLine(`--scenario: there is no scenario "${values.scenario}"`);
const folder = await mkdtemp(join(tmpdir(), "cupping-scale-"));

async function writeUsers(): Promise<string> {
  const file = join(folder, "users.csv");
  const lines = ["user_id,user_name,password,token"];
  for (let n = 1; n <= clients; n++) lines.push(`${n + 1000},scale${n},secret,token-${n}`);
  await writeFile(file, `${lines.join("\n")}\n`);
  return file;
}

interface StartedServer {
  port: number;
  pid: number;
  stop(): Promise<void>;
}

function startServer(usersFile: string): Promise<StartedServer> {
  const store = values.store || `sqlite:${join(folder, "scale.db")}`;
  const words = ["bin/cupping.js", "serve", "--host", "0.0.0.0", "--tcp", "0", "--ws", "0", "--http", "0"];
  words.push("--store", store, "--users-file", usersFile, "--password-cost", "1");
  // The two cores are shared by both sides: a client that is late must not be taken for one that is gone.
  words.push("--login-timeout", "60s", "--heartbeat-timeout", "180s");
  if (values.processes !== 1) words.push("--processes", String(values.processes));
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let text = "";
    child.on("exit", (code) => reject(new Error(`the server ended with code ${code}`)));
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk;
      if (!text.includes("\n")) return;
      const { tcp, pid } = JSON.parse(text) as { tcp: number; pid: number };
      const stop = (): Promise<void> =>
        new Promise((done) => {
          child.once("exit", () => done());
          child.kill("SIGTERM");
        });
      resolve({ port: tcp, pid, stop });
    });
  });
}

/** Kernel memory of all TCP sockets of the machine, bytes (slab of the sockets themselves not included). */
function kernelSocketBytes(): number {
  const pages = Number(/^TCP:.* mem (\d+)/m.exec(readFileSync("/proc/net/sockstat", "utf8"))?.[1] ?? 0);
  return pages * 4096;
}

function slabBytes(): number {
  return Number(/^Slab:\s+(\d+) kB/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1] ?? 0) * 1024;
}

interface Resident {
  harnessBytes: number;
  serverBytes: number;
}

/** Resident memory of both sides, the bare processes included. */
function resident(): Resident {
  const serverBytes = usageOfFamily(server.pid).rssBytes;
  // The server is a child of this process, too.
  return { harnessBytes: usageOfFamily(process.pid).rssBytes - serverBytes, serverBytes };
}

const COLLECTION_MS = 3000;

/** Resident memory after a forced collection in each process. */
async function residentAfterCollection(): Promise<Resident> {
  for (const pid of pidsOfFamily(process.pid)) process.kill(pid, "SIGUSR2");
  await setTimeout(COLLECTION_MS);
  return resident();
}

// Server and workers inherit it; this process was started without.
process.env["NODE_OPTIONS"] = `--import=${new URL("collect-on-signal.ts", import.meta.url)}`;
await import("./collect-on-signal.ts");

const usersFile = await writeUsers();
const server = await startServer(usersFile);
let collected: Promise<Resident> | undefined;
const slabBefore = slabBytes();
let kernel = { tcpBytes: 0, slabBytes: 0 };
const serverBare = usageOfFamily(server.pid).rssBytes;
const address = { scheme: "tcp", host: "127.0.0.1", port: server.port, path: "/" } as const;
let result: LoadResult;
try {
  result = await runLoad({
    scenarioUrl: chosen.url,
    settings: {
      clients,
      rate: chosen.scenario.act ? String(values.rate) : undefined,
      duration: `${values.duration}s`,
      ramp: values.ramp || undefined,
      warmup: "10s",
      heartbeat: values.heartbeat,
      workers: values.workers,
      audit: values.audit,
    },
    target: {
      startedBy: "external",
      address,
      addresses: { tcp: address },
      http: undefined,
      control: undefined,
      logTail: () => [],
      usage: async () => ({ ...usageOfFamily(server.pid), rssPeakBytes: 0 }),
      stop: async () => undefined,
      [Symbol.asyncDispose]: async () => undefined,
    },
    accounts: accountsFromFile(usersFile),
    seed: 1,
    tool: { name: "cupping", version: "bench" },
    command: process.argv.slice(1).join(" "),
    interrupt: new AbortController().signal,
    onProgress: ({ phase, elapsedMs, clients: up, point, violations, errors }) => {
      const sent = point?.rates["sent"] ?? 0;
      process.stderr.write(
        `${(elapsedMs / 1000).toFixed(0)} s ${phase} ${up} clients ${sent}/s p99 ${point?.metrics["msg_ack"]?.p99 ?? "-"} violations ${violations} errors ${errors}\n`,
      );
      // The collection falls into the warm-up.
      if (phase === "traffic") collected ??= residentAfterCollection();
      if (phase === "traffic") kernel = { tcpBytes: kernelSocketBytes(), slabBytes: slabBytes() - slabBefore };
    },
  });
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

const steady = result.phases?.find(({ name }) => name === "steady");
const points = result.series.filter(
  ({ at }) => steady && at >= steady.at && at + 1000 <= steady.at + steady.durationMs,
);
const mean = (numbers: number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
const rates = result.metrics["msg_ack"]?.rate ?? 0;
const harnessCpu = mean(points.map((point) => point.harness?.cpu ?? 0));
const serverCpu = mean(points.map((point) => point.target?.cpu ?? 0));
const serverRss = Math.max(0, ...points.map((point) => point.target?.rssBytes ?? 0));
const logins = result.series.map((point) => point.rates["logins"] ?? 0);

const after = await collected;

process.stdout.write(
  `${JSON.stringify(
    {
      verdict: result.verdict,
      reasons: result.reasons,
      clients: result.clients,
      workers: result.harness.workers,
      harnessBytesPerClient: result.harness.bytesPerClient,
      serverBytesPerClient: Math.round((serverRss - serverBare) / clients),
      afterCollection: after && {
        harnessBytes: after.harnessBytes,
        harnessBytesPerClient: Math.round(after.harnessBytes / clients),
        serverBytes: after.serverBytes,
        serverBytesPerClient: Math.round(after.serverBytes / clients),
      },
      kernelTcpBytesPerClient: Math.round(kernel.tcpBytes / clients),
      kernelSlabBytesPerClient: Math.round(kernel.slabBytes / clients),
      loginsPerSecondPeak: Math.max(...logins),
      messagesPerSecond: rates,
      harnessCpu,
      serverCpu,
      harnessMicrosPerMessage: rates > 0 ? Math.round((harnessCpu / rates) * 1e6) : null,
      harnessMicrosPerIdleClientSecond: rates > 0 ? null : Number(((harnessCpu / clients) * 1e6).toFixed(2)),
      msg_ack: pick("msg_ack"),
      msg_e2e: pick("msg_e2e"),
      login: pick("login"),
      checks: Object.fromEntries(
        Object.entries(result.checks).map(([name, check]) => [
          name,
          `${check.checked} checked, ${check.violations} violations`,
        ]),
      ),
      harness: result.harness,
    },
    undefined,
    1,
  )}\n`,
);

function pick(name: string): string | undefined {
  const metric = result.metrics[name];
  return metric && `count ${metric.count} p50 ${metric.p50} p99 ${metric.p99} max ${metric.max} ms`;
}
