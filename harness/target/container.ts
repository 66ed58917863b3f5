import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Address } from "../client/index.ts";
import { TargetError } from "../errors.ts";
import { buildImage } from "./container-image.ts";
import { docker, dockerNow, removeWithParent } from "./docker.ts";
import { reachTarget } from "./external-target.ts";
import { LogTail } from "./log-tail.ts";
import { readProcessUsage } from "./process-usage.ts";
import type { Target, TargetControl } from "./target.ts";

/** How a server is started in a container. */
export interface ContainerOptions {
  /** Image of the server; default: built from this checkout. Its ports are 8000, 8001 and 18080. */
  readonly image?: string | undefined;
  /** Arguments for the image's entry point. */
  readonly containerArguments?: readonly string[] | undefined;
  /** Transport that clients use. Default `tcp`. */
  readonly transport?: "tcp" | "ws" | undefined;
  /** File that gets the whole log. */
  readonly logFile?: string | undefined;
}

/** Ports of the contract within the container (wire contract §1). */
const PORTS = { tcp: 8000, ws: 8001, http: 18080 } as const;
const host = "127.0.0.1";
/** Longest wait until the container is healthy, in milliseconds. */
const HEALTHY_DEADLINE_MS = 120_000;

type HostPorts = Record<keyof typeof PORTS, number>;

/**
 * Starts a server in a container, waits until it is healthy, and removes it with everything it made when the target is
 * stopped or this process ends.
 * @throws TargetError with the end of the container's log
 */
export async function startContainer(options: ContainerOptions = {}): Promise<Target> {
  const image = options.image ?? (await buildImage());
  const name = `cupping-${process.pid}-${randomBytes(4).toString("hex")}`;
  const guard = removeWithParent(["docker", "rm", "--force", "--volumes", name]);
  const log = new LogTail();
  const remove = async (): Promise<void> => {
    await docker("rm", "--force", "--volumes", name);
    guard.dismiss();
  };
  try {
    // Fixed ports, so that the addresses stay the same when the container is started again.
    const ports = await freePorts();
    const publish = (Object.keys(PORTS) as (keyof HostPorts)[]).flatMap((port) => [
      "--publish",
      `${host}:${ports[port]}:${PORTS[port]}`,
    ]);
    await docker("run", "--detach", "--name", name, ...publish, image, ...(options.containerArguments ?? []));
    followLog(name, log, options.logFile);
    const container = new Container(name, ports, log, remove, options.transport ?? "tcp");
    await container.healthy();
    return container;
  } catch (error) {
    await remove().catch(() => {});
    const tail =
      log.lines.length === 0 ? "" : `; its log ends with:\n${log.lines.map((line) => `  ${line}`).join("\n")}`;
    throw new TargetError(`the container of ${image} did not start: ${(error as Error).message}${tail}`);
  }
}

class Container implements Target, TargetControl {
  readonly startedBy = "container";
  readonly address: Address;
  readonly addresses: { readonly tcp: Address; readonly ws: Address };
  readonly http: string;
  readonly #name: string;
  readonly #log: LogTail;
  readonly #remove: () => Promise<void>;
  #isRemoved = false;

  constructor(name: string, ports: HostPorts, log: LogTail, remove: () => Promise<void>, transport: "tcp" | "ws") {
    this.#name = name;
    this.#log = log;
    this.#remove = remove;
    this.addresses = {
      tcp: { scheme: "tcp", host, port: ports.tcp, path: "/" },
      ws: { scheme: "ws", host, port: ports.ws, path: "/" },
    };
    this.address = this.addresses[transport];
    this.http = `http://${host}:${ports.http}`;
  }

  get control(): TargetControl {
    return this;
  }

  /** The process belongs to the engine, and may run on another machine. */
  get pid(): undefined {
    return undefined;
  }

  logTail(): string[] {
    return this.#log.lines;
  }

  async usage(): ReturnType<Target["usage"]> {
    const pid = Number(await docker("inspect", "--format", "{{.State.Pid}}", this.#name));
    return pid > 0 ? await readProcessUsage(pid) : undefined;
  }

  async restart(): Promise<void> {
    await docker("restart", this.#name);
    await this.healthy();
  }

  async crash(): Promise<void> {
    await this.kill();
    await this.start();
  }

  async kill(): Promise<void> {
    await docker("kill", "--signal", "KILL", this.#name);
    await docker("wait", this.#name);
  }

  async start(): Promise<void> {
    await docker("start", this.#name);
    await this.healthy();
  }

  pause(): void {
    dockerNow("pause", this.#name);
  }

  resume(): void {
    dockerNow("unpause", this.#name);
  }

  /** Waits for the image's own health check, or, where it has none, for an open port. */
  async healthy(): Promise<void> {
    const format = "{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}unchecked{{end}}";
    const deadline = performance.now() + HEALTHY_DEADLINE_MS;
    for (;;) {
      const [status, health] = (await docker("inspect", "--format", format, this.#name)).split(" ");
      if (status === "exited" || status === "dead") throw new Error("it ended by itself");
      if (health === "healthy") return;
      if (health === "unchecked" && (await reachTarget(this.address, undefined).catch(() => undefined))) return;
      if (performance.now() > deadline) throw new Error(`it was not healthy within ${HEALTHY_DEADLINE_MS / 1_000} s`);
      await delay(100);
    }
  }

  async stop(): Promise<void> {
    if (this.#isRemoved) return;
    this.#isRemoved = true;
    await this.#remove();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}

function followLog(name: string, log: LogTail, file: string | undefined): void {
  const logs = spawn("docker", ["logs", "--follow", name], { stdio: ["ignore", "pipe", "pipe"] });
  logs.on("error", () => {});
  logs.unref();
  const whole = file === undefined ? undefined : createWriteStream(file);
  for (const stream of [logs.stdout, logs.stderr]) {
    log.follow(stream);
    if (whole) stream.pipe(whole, { end: false });
    (stream as NodeJS.ReadableStream & { unref?(): void }).unref?.();
  }
}

/** Free ports of the loopback address; all are held before any is given back, so that they differ. */
async function freePorts(): Promise<HostPorts> {
  const servers = await Promise.all(
    Object.keys(PORTS).map(async () => {
      const server = createServer().listen(0, host);
      await once(server, "listening");
      return server;
    }),
  );
  const [tcp, ws, http] = servers.map((server) => (server.address() as AddressInfo).port) as [number, number, number];
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return { tcp, ws, http };
}
