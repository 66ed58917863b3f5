import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Address } from "../client/index.ts";
import { TargetError } from "../errors.ts";
import { compose, removeWithParent } from "./docker.ts";
import { reachTarget } from "./external-target.ts";
import type { ServiceControl, Target } from "./target.ts";

/** A user's own stack. */
export interface ComposeOptions {
  /** Path of the compose file. */
  readonly compose: string;
  /** Service that clients connect to; it must publish 8000 (or 8001 for WebSocket) and, where it has one, 18080. */
  readonly service: string;
  /** Transport that clients use. Default `tcp`. */
  readonly transport?: "tcp" | "ws" | undefined;
}

/** Longest wait until the stack takes connections, in milliseconds. */
const READY_DEADLINE_MS = 180_000;

/**
 * Starts a stack from a compose file under a project name of its own, waits until its service takes connections, and
 * takes it down with its volumes when the target is stopped or this process ends.
 * @throws TargetError with the end of the stack's log
 */
export async function startComposeStack(options: ComposeOptions): Promise<Target> {
  const { service, transport = "tcp" } = options;
  const project = `cupping${process.pid}${randomBytes(3).toString("hex")}`;
  const file = resolve(options.compose);
  const stack = ["--file", file, "--project-name", project];
  const down = [...stack, "down", "--volumes", "--timeout", "5"];
  const guard = removeWithParent(["sh", "-c", 'docker compose "$@" || docker-compose "$@"', "sh", ...down]);
  let log: string[] = [];
  const stop = async (): Promise<void> => {
    log = (await compose(...stack, "logs", "--no-color").catch(() => "")).split("\n").slice(-50);
    await compose(...down);
    guard.dismiss();
  };
  try {
    await compose(...stack, "up", "--detach");
    const gate = await publishedPort(stack, service, transport === "tcp" ? 8000 : 8001);
    if (gate === undefined) throw new Error(`its service ${service} publishes no port for ${transport}`);
    const http = await publishedPort(stack, service, 18080);
    const address: Address = { scheme: transport, ...gate, path: "/" };
    const reached = await reachWithin(address, http && `http://${http.host}:${http.port}`);
    const started = { startedBy: "container", services: servicesOf(stack), logTail: () => log } as const;
    return { ...reached, ...started, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop().catch(() => {});
    const tail = log.map((line) => `  ${line}`).join("\n");
    throw new TargetError(
      `the stack of ${options.compose} did not start: ${(error as Error).message}; its log:\n${tail}`,
    );
  }
}

function servicesOf(stack: readonly string[]): ServiceControl {
  const act = async (...words: string[]): Promise<void> => {
    await compose(...stack, ...words);
  };
  return {
    kill: (service) => act("kill", "-s", "SIGKILL", service),
    start: (service) => act("start", service),
    pause: (service) => act("pause", service),
    resume: (service) => act("unpause", service),
  };
}

async function publishedPort(
  stack: readonly string[],
  service: string,
  port: number,
): Promise<{ host: string; port: number } | undefined> {
  const text = await compose(...stack, "port", service, String(port)).catch(() => "");
  const match = /^(.+):(\d+)$/m.exec(text);
  if (!match || match[2] === "0") return undefined;
  const host = (match[1] as string).replace(/^(0\.0\.0\.0|\[?::\]?)$/, "127.0.0.1");
  return { host, port: Number(match[2]) };
}

async function reachWithin(address: Address, http: string | undefined): Promise<Target> {
  const deadline = performance.now() + READY_DEADLINE_MS;
  for (;;) {
    try {
      const target = await reachTarget(address, http);
      if (http === undefined || (await fetch(http).then(() => true))) return target;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await delay(200);
    }
  }
}
