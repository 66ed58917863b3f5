import type { ContainerRuntimeClient } from "testcontainers";
import { CuppingError } from "../errors.ts";
import type { EngineContainer } from "./container-engine.ts";
import { ContainerLog } from "./container-log.ts";
import { ContainerUsage } from "./container-usage.ts";
import type { ProcessUsage } from "./process-usage.ts";
import type { ServiceControl } from "./target.ts";

/** Lines of a service's log that are told when the stack does not start. */
const TOLD_LINES = 15;

/** One container of a stack that is watched. */
interface Member {
  readonly service: string;
  readonly container: EngineContainer;
  readonly log: ContainerLog;
  readonly usage: ContainerUsage;
}

/** The services of a stack that runs: their logs, their usage, and what may be done to them. */
export class ComposeServices implements ServiceControl {
  readonly #engine: ContainerRuntimeClient;
  readonly #project: string;
  readonly #logFolder: string | undefined;
  readonly #members = new Map<string, Member>();

  constructor(engine: ContainerRuntimeClient, project: string, logFolder: string | undefined) {
    this.#engine = engine;
    this.#project = project;
    this.#logFolder = logFolder;
  }

  /** Watches a container of the stack from its beginning. */
  async follow({ id }: EngineContainer): Promise<void> {
    const container = this.#engine.container.getById(id);
    const { Labels } = (await container.inspect()).Config;
    const service = Labels["com.docker.compose.service"] ?? id;
    const number = Labels["com.docker.compose.container-number"] ?? "1";
    const log = new ContainerLog(this.#logFolder, number === "1" ? service : `${service}-${number}`);
    log.follow(await this.#engine.container.logs(container));
    this.#members.set(id, { service, container, log, usage: new ContainerUsage(container) });
  }

  /** Where a port of a service is published; undefined where it is not. */
  async publishedPort(service: string, port: number): Promise<{ host: string; port: number } | undefined> {
    const [first] = this.#of(service);
    const { Ports } = (await (first as Member).container.inspect()).NetworkSettings;
    const binding = Ports[`${port}/tcp`]?.[0];
    if (!binding) return undefined;
    const { host } = this.#engine.info.containerRuntime;
    const isAny = ["", "0.0.0.0", "::"].includes(binding.HostIp);
    return { host: isAny ? host.replace("localhost", "127.0.0.1") : binding.HostIp, port: Number(binding.HostPort) };
  }

  async kill(service: string): Promise<void> {
    for (const { container } of this.#of(service)) {
      await container.kill({ signal: "SIGKILL" });
      await container.wait();
    }
  }

  async start(service: string): Promise<void> {
    for (const { container, log } of this.#of(service)) {
      await container.start();
      await log.followAgain(this.#engine, container);
    }
  }

  async pause(service: string): Promise<void> {
    for (const { container } of this.#of(service)) await container.pause();
  }

  async resume(service: string): Promise<void> {
    for (const { container } of this.#of(service)) await container.unpause();
  }

  /** What the containers of a service have used, together. */
  async usage(service: string): Promise<ProcessUsage | undefined> {
    const usages = (await Promise.all(this.#of(service).map(({ usage }) => usage.read()))).filter(
      (one) => one !== undefined,
    );
    if (usages.length === 0) return undefined;
    const sum = (of: (usage: ProcessUsage) => number): number => usages.reduce((total, one) => total + of(one), 0);
    return {
      cpuSeconds: sum(({ cpuSeconds }) => cpuSeconds),
      rssBytes: sum(({ rssBytes }) => rssBytes),
      rssPeakBytes: sum(({ rssPeakBytes }) => rssPeakBytes),
    };
  }

  /** The last lines of a service's log, or of every service's, each with the service's name before it. */
  log(service?: string): string[] {
    if (service !== undefined) return this.#of(service).flatMap(({ log }) => log.lines);
    return [...this.#members.values()].flatMap(({ service: name, log }) =>
      log.lines.slice(-TOLD_LINES).map((line) => `${name}: ${line}`),
    );
  }

  /** Removes the images that were built for this stack alone: compose names them after the project. */
  async removeImages(): Promise<void> {
    const { dockerode } = this.#engine.container;
    const names = [...this.#members.values()].flatMap(({ service }) =>
      ["_", "-"].map((dash) => this.#project + dash + service),
    );
    await Promise.allSettled(names.map((name) => dockerode.getImage(name).remove()));
  }

  /** Takes the rest of the logs; to be called when the stack is down. */
  async close(): Promise<void> {
    await Promise.all([...this.#members.values()].map(({ log }) => log.close()));
  }

  #of(service: string): Member[] {
    const found = [...this.#members.values()].filter((member) => member.service === service);
    if (found.length > 0) return found;
    const names = [...new Set([...this.#members.values()].map((member) => member.service))].sort();
    throw new CuppingError(
      "target",
      `the stack ${this.#project} has no service ${service}; it has ${names.join(", ") || "none"}`,
    );
  }
}
