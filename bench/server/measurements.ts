import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type ChatFigures, type ChatOptions, chat } from "./chat-load.ts";
import { openIdle } from "./idle-load.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";
import { type BenchUser, benchUsers, writeUsersFile } from "./users.ts";

/** Figures of one round by name; the name says the unit. */
export type Figures = Record<string, number>;

/** What is measured. A bar is what the median of a figure must reach, or stay below. */
export interface Measurement {
  name: string;
  /** @param folder an empty one */
  run(folder: string): Promise<Figures>;
  bars?: readonly { figure: string; least?: number; most?: number }[];
}

/** Bytes of a message's `msg_data`. */
const PAYLOAD = 100;

const IDLE_CONNECTIONS = 15_000;
const DRAINED_CONNECTIONS = 10_000;

/** Connections without a login, and how long they may stay; they open, wait and close within the 12 s of chat. */
const SILENT = { connections: 10_000, loginTimeoutMs: 5000, besideMs: 12_000 };

async function withServer(
  folder: string,
  users: readonly BenchUser[],
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
    "operations per commit": batch,
    "server processors": processor,
  };
}

function chatMeasurement(
  durability: "process" | "power",
  userCount: number,
  load: { pace: ChatOptions["pace"]; durationMs: number },
  bars: Measurement["bars"] = [],
): Measurement {
  const { pace, durationMs } = load;
  const manner = "window" in pace ? "as fast as acknowledged" : `at ${pace.rate}/s`;
  return {
    name: `chat, durable against ${durability === "process" ? "a kill" : "power loss"}, ${userCount} users, ${manner}`,
    bars,
    run(folder) {
      const users = benchUsers(userCount, "bench");
      return withServer(folder, users, ["--durability", durability], async (server) => {
        const begun = performance.now();
        const used = await server.processorSeconds();
        const figures = await chat({ port: server.tcp, users, pace, durationMs, warmUpMs: 1500, payload: PAYLOAD });
        const processor = ((await server.processorSeconds()) - used) / ((performance.now() - begun) / 1000);
        const operations = await server.metric("cupping_store_commit_operations_sum");
        const commits = await server.metric("cupping_store_commit_operations_count");
        return chatFigures(figures, operations / commits, processor);
      });
    },
  };
}

const idle: Measurement = {
  name: `idle, ${IDLE_CONNECTIONS} connections that logged in by token`,
  bars: [{ figure: "resident bytes/connection", most: 8192 }],
  run(folder) {
    const users = benchUsers(IDLE_CONNECTIONS, "bench");
    return withServer(folder, users, [], async (server) => {
      const before = await server.residentBytes();
      const connections = await openIdle(server.tcp, users);
      const after = await server.residentBytes();
      connections.close();
      return {
        "connect+login/s": connections.loginsPerSecond,
        "resident bytes/connection": Math.round((after - before) / users.length),
      };
    });
  },
};

const drain: Measurement = {
  name: `drain, SIGTERM to a server with ${DRAINED_CONNECTIONS} connections that logged in`,
  bars: [
    { figure: "exit ms after SIGTERM", most: 10_000 },
    { figure: "connections cut", most: 0 },
    { figure: "exit code", most: 0 },
  ],
  run(folder) {
    const users = benchUsers(DRAINED_CONNECTIONS, "bench");
    return withServer(folder, users, [], async (server) => {
      const connections = await openIdle(server.tcp, users);
      const begun = performance.now();
      const exitCode = await server.stop();
      const exitMs = performance.now() - begun;
      return { "exit ms after SIGTERM": exitMs, "connections cut": await connections.cut, "exit code": exitCode };
    });
  },
};

async function openSilent(port: number): Promise<{ earliestMs: number; latestMs: number }> {
  const script = new URL("./silent-clients.ts", import.meta.url).pathname;
  const args = [script, String(port), String(SILENT.connections), String(SILENT.loginTimeoutMs)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as { earliestMs: number; latestMs: number };
}

const silent: Measurement = {
  name: `${SILENT.connections} connections that never log in, beside 200 users who chat at 2000/s`,
  bars: [{ figure: "closed ms after the timeout", most: 1000 }],
  run(folder) {
    const users = benchUsers(200, "bench");
    return withServer(folder, users, ["--login-timeout", `${SILENT.loginTimeoutMs}ms`], async (server) => {
      const talk = async (run: string): Promise<{ p99: number; longestDelayMs: number }> => {
        // Reading the figure begins it anew.
        await server.metric("nodejs_eventloop_lag_max_seconds");
        const { acknowledgementMs } = await chat({
          port: server.tcp,
          users: users.map((user) => ({ ...user, run })),
          pace: { rate: 2000 },
          durationMs: SILENT.besideMs,
          warmUpMs: 1000,
          payload: PAYLOAD,
        });
        const seconds = await server.metric("nodejs_eventloop_lag_max_seconds");
        return { p99: acknowledgementMs.p99, longestDelayMs: seconds * 1000 };
      };
      const alone = await talk("alone");
      const closing = openSilent(server.tcp);
      const beside = await talk("beside");
      const { earliestMs, latestMs } = await closing;
      if (earliestMs < 0) throw new Error(`a connection was closed ${-earliestMs} ms before the login timeout`);
      return {
        "closed ms after the timeout": latestMs,
        "ack p99 ms without them": alone.p99,
        "ack p99 ms beside them": beside.p99,
        "longest loop delay ms without": alone.longestDelayMs,
        "longest loop delay ms beside": beside.longestDelayMs,
      };
    });
  },
};

/** Everything that is measured. @param durationMs how long each chat counts */
export function measurements(durationMs: number): Measurement[] {
  const fast = { pace: { window: 1 }, durationMs };
  const steady = { pace: { rate: 10_000 }, durationMs };
  const bars = [{ figure: "acknowledged/s", least: 10_000 }];
  return [
    chatMeasurement("process", 200, fast, bars),
    chatMeasurement("process", 2000, fast, bars),
    chatMeasurement("process", 2000, steady),
    chatMeasurement("power", 2000, fast),
    chatMeasurement("power", 2000, steady),
    idle,
    drain,
    silent,
  ];
}
