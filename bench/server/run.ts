/**
 * Measures the reference server from outside, in a process of its own, with the load on the same machine.
 *
 * `node bench/server/run.ts [--filter REGEX] [--rounds N] [--seconds N] [--json FILE]`
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { type ChatFigures, type ChatOptions, chat } from "./chat-load.ts";
import { openIdle } from "./idle-load.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";
import { benchUsers, writeUsersFile } from "./users.ts";

const { values } = parseArgs({
  options: {
    filter: { type: "string", default: "" },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "5" },
    json: { type: "string" },
  },
});
const durationMs = Number(values.seconds) * 1000;

/** Figures of one round by name; the name says the unit. */
type Figures = Record<string, number>;

/** What is measured. A bar is what the median of a figure must reach, or stay below. */
interface Measurement {
  name: string;
  run(folder: string): Promise<Figures>;
  bar?: { figure: string; least?: number; most?: number };
}

async function withServer(
  folder: string,
  users: ReturnType<typeof benchUsers>,
  args: readonly string[],
  work: (server: ServerProcess) => Promise<Figures>,
): Promise<Figures> {
  const store = ["--store", `sqlite:${join(folder, "bench.db")}`];
  const file = join(folder, "users.csv");
  await writeUsersFile(file, users);
  // The accounts are made by a server before, so that making them does not count in the memory of the one measured.
  await (await startServerProcess([...store, "--users-file", file])).stop();
  const server = await startServerProcess([...store, ...args]);
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

function chatFigures(figures: ChatFigures, batch: number, processor: number): Figures {
  return {
    "acknowledged/s": figures.acknowledgedPerSecond,
    "delivered/s": figures.deliveredPerSecond,
    "ack p50 ms": figures.acknowledgementMs.p50,
    "ack p99 ms": figures.acknowledgementMs.p99,
    "messages per commit": batch,
    "server processors": processor,
  };
}

function chatMeasurement(
  durability: "process" | "power",
  userCount: number,
  pace: ChatOptions["pace"],
  bar?: Measurement["bar"],
): Measurement {
  const manner = "window" in pace ? "as fast as acknowledged" : `at ${pace.rate}/s`;
  return {
    name: `chat, durable against ${durability === "process" ? "a kill" : "power loss"}, ${userCount} users, ${manner}`,
    ...(bar && { bar }),
    run(folder) {
      const users = benchUsers(userCount, "bench");
      return withServer(folder, users, ["--durability", durability], async (server) => {
        const begun = performance.now();
        const used = await server.processorSeconds();
        const options = { port: server.tcp, users, pace, durationMs, warmUpMs: 1500, payload: 100 };
        const figures = await chat(options);
        const processor = ((await server.processorSeconds()) - used) / ((performance.now() - begun) / 1000);
        const operations = await server.metric("cupping_store_commit_operations_sum");
        const commits = await server.metric("cupping_store_commit_operations_count");
        return chatFigures(figures, operations / commits, processor);
      });
    },
  };
}

const IDLE_CONNECTIONS = 15_000;

const measurements: Measurement[] = [
  chatMeasurement("process", 200, { window: 1 }, { figure: "acknowledged/s", least: 10_000 }),
  chatMeasurement("process", 2000, { window: 1 }, { figure: "acknowledged/s", least: 10_000 }),
  chatMeasurement("process", 2000, { rate: 10_000 }),
  chatMeasurement("power", 2000, { window: 1 }),
  chatMeasurement("power", 2000, { rate: 10_000 }),
  {
    name: `idle, ${IDLE_CONNECTIONS} connections that logged in by token`,
    bar: { figure: "resident bytes/connection", most: 8192 },
    run(folder) {
      const users = benchUsers(IDLE_CONNECTIONS, "bench");
      return withServer(folder, users, [], async (server) => {
        const before = await server.residentBytes();
        const idle = await openIdle(server.tcp, users);
        const after = await server.residentBytes();
        idle.close();
        return {
          "connect+login/s": idle.loginsPerSecond,
          "resident bytes/connection": Math.round((after - before) / users.length),
        };
      });
    },
  },
];

/** 10,000 connections without a login while 200 users chat. */
const SILENT = { connections: 10_000, loginTimeoutMs: 5000 };
measurements.push({
  name: `${SILENT.connections} connections that never log in, beside 200 users who chat at 2000/s`,
  // One second after the login timeout they are gone.
  bar: { figure: "closed ms after the timeout", most: 1000 },
  run(folder) {
    const users = benchUsers(200, "bench");
    return withServer(folder, users, ["--login-timeout", `${SILENT.loginTimeoutMs}ms`], async (server) => {
      const pace = { rate: 2000 };
      const quiet = await chat({ port: server.tcp, users, pace, durationMs, warmUpMs: 1000, payload: 100 });
      const silent = openSilent(server.tcp);
      const again = users.map((user) => ({ ...user, run: "beside" }));
      const beside = await chat({
        port: server.tcp,
        users: again,
        pace,
        durationMs: 12_000,
        warmUpMs: 0,
        payload: 100,
      });
      const { earliestMs, latestMs } = await silent;
      if (earliestMs < 0) throw new Error(`a connection was closed ${-earliestMs} ms before the login timeout`);
      return {
        "closed ms after the timeout": latestMs,
        "ack p99 ms without them": quiet.acknowledgementMs.p99,
        "ack p99 ms beside them": beside.acknowledgementMs.p99,
      };
    });
  },
});

async function openSilent(port: number): Promise<{ earliestMs: number; latestMs: number }> {
  const script = new URL("./silent-clients.ts", import.meta.url).pathname;
  const args = [script, String(port), String(SILENT.connections), String(SILENT.loginTimeoutMs)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as { earliestMs: number; latestMs: number };
}

function median(numbers: number[]): number {
  return numbers.sort((a, b) => a - b)[numbers.length >> 1] as number;
}

function isMet({ least = -Infinity, most = Infinity }: NonNullable<Measurement["bar"]>, value: number): boolean {
  return value >= least && value <= most;
}

const wanted = new RegExp(values.filter);
if ((loadavg()[0] as number) > cpus().length / 2) {
  console.error(`the machine is busy already (load ${loadavg()[0]?.toFixed(1)}): the figures will be too low`);
}
const results: { name: string; rounds: Figures[]; medians: Figures; met: boolean }[] = [];
for (const { name, run, bar } of measurements) {
  if (!wanted.test(name)) continue;
  const rounds: Figures[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const folder = await mkdtemp(join(tmpdir(), "cupping-bench-"));
    try {
      rounds.push(await run(folder));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  const medians: Figures = {};
  for (const figure of Object.keys(rounds[0] ?? {})) {
    medians[figure] = median(rounds.map((round) => round[figure] as number));
  }
  const met = !bar || isMet(bar, medians[bar.figure] as number);
  results.push({ name, rounds, medians, met });
  console.log(`${name}${bar ? (met ? " (bar met)" : " (BAR MISSED)") : ""}`);
  for (const [figure, value] of Object.entries(medians)) {
    const all = rounds.map((round) => Number((round[figure] as number).toPrecision(4)));
    console.log(`  ${figure.padEnd(28)} ${Number(value.toPrecision(4))}  of ${all.join(", ")}`);
  }
}
if (values.json !== undefined) {
  const environment = { node: process.version, cpu: cpus()[0]?.model, cpus: cpus().length };
  await writeFile(values.json, `${JSON.stringify({ environment, durationMs, results }, null, 2)}\n`);
}
if (results.some(({ met }) => !met)) process.exitCode = 1;
