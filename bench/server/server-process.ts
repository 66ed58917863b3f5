import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";

/** A server in a process of its own, as users run it. */
export interface ServerProcess {
  readonly tcp: number;
  readonly ws: number;
  readonly pid: number;
  /** The value of a metric without labels. */
  metric(name: string): Promise<number>;
  /** Resident bytes now. */
  residentBytes(): Promise<number>;
  /** Seconds of processor time used so far. */
  processorSeconds(): Promise<number>;
  /** SIGTERM; the exit code. A server that has been stopped already gives it again. */
  stop(): Promise<number>;
}

const LAUNCHER = new URL("../../bin/cupping.js", import.meta.url).pathname;
const CLOCK_TICKS_PER_SECOND = 100;

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("the server has no standard output");
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error("the server ended before it listened");
}

/** Starts `cupping serve` on free ports with more arguments. */
export async function startServerProcess(
  args: readonly string[],
  nodeArgs: readonly string[] = [],
): Promise<ServerProcess> {
  const ports = ["--tcp", "0", "--ws", "0", "--http", "0"];
  const child = spawn(process.execPath, [...nodeArgs, LAUNCHER, "serve", ...ports, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const { tcp, ws, http, pid } = JSON.parse(await firstLine(child)) as Record<"tcp" | "ws" | "http" | "pid", number>;
  return {
    tcp,
    ws,
    pid,
    async metric(name) {
      const text = await (await fetch(`http://127.0.0.1:${http}/metrics`)).text();
      return Number(new RegExp(`^${name} (.+)$`, "m").exec(text)?.[1] ?? Number.NaN);
    },
    async residentBytes() {
      const status = await readFile(`/proc/${pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
    },
    async processorSeconds() {
      const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).split(") ")[1]?.split(" ") ?? [];
      return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND;
    },
    async stop() {
      child.kill("SIGTERM");
      await exited;
      // Ended by a signal: as a shell says it.
      return child.exitCode ?? 128;
    },
  };
}
