import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@redis/client";
import { Client } from "pg";
import { freePort } from "./free-port.ts";

/** A database program that runs for some tests. */
export interface RunningDatabase {
  address: string;
  /** @param signal default: the one that ends it in order */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Sends its process a signal, such as SIGSTOP. */
  signal(signal: NodeJS.Signals): void;
  /** Ends it by a signal, and starts it again where it was with what it keeps. @param meanwhile while it is gone */
  restart(signal: NodeJS.Signals, meanwhile?: () => Promise<void>): Promise<void>;
}

const PATIENCE_MS = 20_000;

function onPath(program: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(":");
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
}

/** Debian keeps the server's programs out of the path. */
function postgresProgram(program: string): string | undefined {
  const versions = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql").sort().reverse() : [];
  const installed = versions.map((version) => `/usr/lib/postgresql/${version}/bin/${program}`).find(existsSync);
  return installed ?? onPath(program);
}

/** What is missing for tests against PostgreSQL and Redis; undefined: nothing. */
export function missingDatabases(): string | undefined {
  const missing = [
    ...(postgresProgram("initdb") && postgresProgram("postgres") ? [] : ["PostgreSQL (initdb, postgres)"]),
    ...(onPath("redis-server") ? [] : ["redis-server"]),
  ];
  return missing.length > 0 ? `${missing.join(" and ")} not installed` : undefined;
}

/** PostgreSQL refuses to run as root; then it runs as the user that its package made. */
function unprivileged(): SpawnOptions {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ["-u", "-g"].map((flag) => Number(execFileSync("id", [flag, "postgres"]).toString()));
  return { uid: uid as number, gid: gid as number };
}

async function waitFor(ready: () => Promise<unknown>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      await ready();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, "exit");
}

/** A new PostgreSQL on a free port, in a folder that goes with it. */
export async function startPostgres(): Promise<RunningDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "cupping-postgres-"));
  const { uid, gid } = unprivileged();
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  const data = join(folder, "data");
  const identity = { ...unprivileged(), cwd: folder };
  const initdb = postgresProgram("initdb") as string;
  execFileSync(initdb, ["-D", data, "-A", "trust", "-U", "cupping", "--no-sync", "-E", "UTF8"], {
    ...identity,
    stdio: "ignore",
  });
  const port = await freePort();
  const settings = ["listen_addresses=127.0.0.1", `port=${port}`, `unix_socket_directories=${folder}`, "fsync=off"];
  const words = ["-D", data, ...settings.flatMap((each) => ["-c", each])];
  const run = (): ChildProcess => spawn(postgresProgram("postgres") as string, words, { ...identity, stdio: "ignore" });
  const address = `postgres://cupping@127.0.0.1:${port}/postgres`;
  const isReady = (): Promise<void> =>
    waitFor(async () => {
      const client = new Client({ connectionString: address });
      await client.connect();
      await client.end();
    });
  let child = run();
  await isReady();
  return {
    address,
    async stop(signal = "SIGQUIT") {
      await end(child, signal);
      rmSync(folder, { recursive: true, force: true });
    },
    signal: (signal) => void child.kill(signal),
    async restart(signal, meanwhile) {
      await end(child, signal);
      await meanwhile?.();
      child = run();
      await isReady();
    },
  };
}

/** A new Redis that keeps nothing, on a free port or on the one that another Redis has left. */
export async function startRedis(at?: RunningDatabase): Promise<RunningDatabase> {
  const port = at === undefined ? await freePort() : Number(new URL(at.address).port);
  const settings = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const run = (): ChildProcess => spawn(onPath("redis-server") as string, settings, { stdio: "ignore" });
  const address = `redis://127.0.0.1:${port}`;
  const isReady = (): Promise<void> =>
    waitFor(async () => {
      const client = createClient({ url: address, socket: { reconnectStrategy: false } });
      client.on("error", () => {});
      await client.connect();
      client.destroy();
    });
  let child = run();
  await isReady();
  return {
    address,
    stop: (signal = "SIGTERM") => end(child, signal),
    signal: (signal) => void child.kill(signal),
    async restart(signal, meanwhile) {
      await end(child, signal);
      await meanwhile?.();
      child = run();
      await isReady();
    },
  };
}
