import type { ContainerRuntimeClient } from "testcontainers";
import type { Address } from "../client/index.ts";
import type { EngineContainer } from "./container-engine.ts";
import { type HealthOptions, untilHealthy } from "./container-health.ts";
import type { ContainerLog } from "./container-log.ts";
import { ContainerUsage } from "./container-usage.ts";
import { reachTarget } from "./external-target.ts";
import type { ProcessUsage } from "./process-usage.ts";
import type { Target, TargetControl } from "./target.ts";

/** Where the ports of a container are published. */
export interface HostPorts {
  readonly host: string;
  readonly tcp: number;
  readonly ws: number;
  readonly http: number;
}

/** What a {@link ContainerTarget} is made of. */
interface ContainerParts {
  readonly engine: ContainerRuntimeClient;
  /** The container's name. */
  readonly name: string;
  readonly log: ContainerLog;
  readonly ports: HostPorts;
  readonly transport: "tcp" | "ws";
  /** Removes the container with everything it made. */
  remove(): Promise<void>;
}

/** Longest wait until a container that was started again is healthy, in milliseconds. */
const HEALTHY_DEADLINE_MS = 120_000;

/** A server in a container that the harness has started. */
export class ContainerTarget implements Target, TargetControl {
  readonly startedBy = "container";
  readonly address: Address;
  readonly addresses: { readonly tcp: Address; readonly ws: Address };
  readonly http: string;
  readonly #engine: ContainerRuntimeClient;
  readonly #container: EngineContainer;
  readonly #log: ContainerLog;
  readonly #usage: ContainerUsage;
  readonly #remove: () => Promise<void>;
  #isRemoved = false;

  constructor({ engine, name, log, ports, transport, remove }: ContainerParts) {
    this.#engine = engine;
    this.#container = engine.container.getById(name);
    this.#log = log;
    this.#usage = new ContainerUsage(this.#container);
    this.#remove = remove;
    const { host } = ports;
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

  async usage(): Promise<ProcessUsage | undefined> {
    return await this.#usage.read();
  }

  async restart(): Promise<void> {
    await this.#container.restart();
    await this.#started();
  }

  async crash(): Promise<void> {
    await this.kill();
    await this.start();
  }

  async kill(): Promise<void> {
    await this.#container.kill({ signal: "SIGKILL" });
    await this.#container.wait();
  }

  async start(): Promise<void> {
    await this.#container.start();
    await this.#started();
  }

  async pause(): Promise<void> {
    await this.#container.pause();
  }

  async resume(): Promise<void> {
    await this.#container.unpause();
  }

  /** The image's own health check, or, where it has none, an open port. */
  health(deadlineMs: number): HealthOptions {
    const isOpen = async (): Promise<boolean> =>
      await reachTarget(this.address, undefined).then(
        () => true,
        () => false,
      );
    return { deadlineMs, isOpen };
  }

  async stop(): Promise<void> {
    if (this.#isRemoved) return;
    this.#isRemoved = true;
    await this.#remove();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #started(): Promise<void> {
    await this.#log.followAgain(this.#engine, this.#container);
    await untilHealthy(this.#container, this.health(HEALTHY_DEADLINE_MS));
  }
}
