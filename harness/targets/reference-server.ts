import { rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Address } from "../client/index.ts";
import { CuppingError, isCuppingError } from "../errors.ts";
import { makeOwnFolder } from "../temporary-folder.ts";
import { LogTail } from "./log-tail.ts";
import { type ProcessUsage, readProcessUsage } from "./process-usage.ts";
import {
  killProcess,
  type ReferenceProcess,
  type ServerPorts,
  startReferenceProcess,
  stopProcess,
} from "./reference-process.ts";
import { type DiskControl, SmallDisk } from "./small-disk.ts";
import type { Target, TargetControl } from "./target.ts";

/** How the reference server is started for a run. */
export interface ReferenceServerOptions {
  /** Transport that clients use. Default `tcp`. */
  readonly transport?: "tcp" | "ws" | undefined;
  /** Where it keeps its data, as `--store` takes it. Default: an SQLite file in a temporary folder. */
  readonly store?: string | undefined;
  /** The server's timers in milliseconds. Default: the contract's 15 s, 60 s and 15 s. */
  readonly timers?: { readonly login?: number; readonly heartbeat?: number; readonly ack?: number } | undefined;
  /** Deviations to switch on. */
  readonly mutants?: readonly string[] | undefined;
  /** Size in bytes of a disk of its own for the data, so that it can be filled; needs {@link canMountDisks}. */
  readonly diskBytes?: number | undefined;
  /** More arguments of `cupping serve`. */
  readonly serveArguments?: readonly string[] | undefined;
}

const host = "127.0.0.1";

/** How long a restarted server waits for a port of its own that is taken, in milliseconds. */
const PORT_DEADLINE_MS = 10_000;

/** The temporary folders of servers that still run, and what is mounted on them: gone with this process, whatever ends it. */
const folders = new Map<string, SmallDisk | undefined>();
process.on("exit", () => {
  for (const [folder, disk] of folders) {
    disk?.unmountAtOnce();
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // The process ends with the code that it has: a folder that is left in the temporary one changes nothing of that.
    }
  }
});

/**
 * Starts the reference server as a child process on free ports. It ends with this process, also when this process is
 * killed.
 * @throws CuppingError `target` with the end of the server's log
 */
export async function startReferenceServer(options: ReferenceServerOptions = {}): Promise<Target> {
  const folder = makeOwnFolder("ref");
  folders.set(folder, undefined);
  const disk = options.diskBytes === undefined ? undefined : await SmallDisk.mount(folder, options.diskBytes);
  folders.set(folder, disk);
  const log = new LogTail();
  const serveArguments = [
    ...["--host", host],
    ...["--store", options.store ?? `sqlite:${join(folder, "cupping.db")}`],
    ...timerArguments(options.timers),
    ...(options.mutants ?? []).flatMap((name) => ["--mutant", name]),
    ...(options.serveArguments ?? []),
  ];
  const start = (ports: ServerPorts): Promise<ReferenceProcess> => {
    const { tcp, ws, http } = ports;
    const portArguments = [`--tcp=${tcp}`, `--ws=${ws}`, `--http=${http}`];
    return startReferenceProcess([...portArguments, ...serveArguments], log);
  };
  const cleanUp = async (): Promise<void> => {
    await disk?.unmount();
    await rm(folder, { recursive: true, force: true });
    folders.delete(folder);
  };
  try {
    return new ReferenceServer(await start({ tcp: 0, ws: 0, http: 0 }), { start, log, cleanUp, disk }, options);
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

/** What a {@link ReferenceServer} needs to live through restarts. */
interface Surroundings {
  start(ports: ServerPorts): Promise<ReferenceProcess>;
  readonly log: LogTail;
  readonly disk: DiskControl | undefined;
  cleanUp(): Promise<void>;
}

class ReferenceServer implements Target, TargetControl {
  readonly startedBy = "ref";
  readonly address: Address;
  readonly addresses: { readonly tcp: Address; readonly ws: Address };
  readonly http: string;
  readonly #around: Surroundings;
  readonly #ports: ServerPorts;
  #process: ReferenceProcess | undefined;
  /** What the processes before the last restart had used. */
  #before: ProcessUsage = { cpuSeconds: 0, rssBytes: 0, rssPeakBytes: 0 };
  #stopped = false;

  constructor(process: ReferenceProcess, around: Surroundings, options: ReferenceServerOptions) {
    this.#process = process;
    this.#around = around;
    this.#ports = process.ports;
    const { tcp, ws, http } = process.ports;
    this.addresses = {
      tcp: { scheme: "tcp", host, port: tcp, path: "/" },
      ws: { scheme: "ws", host, port: ws, path: "/" },
    };
    this.address = this.addresses[options.transport ?? "tcp"];
    this.http = `http://${host}:${http}`;
  }

  get control(): TargetControl {
    return this;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  get death(): string | undefined {
    const { exitCode = null, signalCode = null } = this.#process?.child ?? {};
    if (signalCode !== null) return `the reference server was ended by ${signalCode}`;
    return exitCode === null ? undefined : `the reference server ended with code ${exitCode}`;
  }

  get disk(): DiskControl | undefined {
    return this.#around.disk;
  }

  logTail(): string[] {
    return this.#around.log.lines;
  }

  async usage(): ReturnType<Target["usage"]> {
    const now = this.#process && (await readProcessUsage(this.#process.pid));
    if (!now) return this.#before.cpuSeconds > 0 ? this.#before : undefined;
    return {
      cpuSeconds: this.#before.cpuSeconds + now.cpuSeconds,
      rssBytes: now.rssBytes,
      rssPeakBytes: Math.max(this.#before.rssPeakBytes, now.rssPeakBytes),
    };
  }

  async restart(): Promise<void> {
    await this.#end(stopProcess);
    await this.start();
  }

  async crash(): Promise<void> {
    await this.kill();
    await this.start();
  }

  async kill(): Promise<void> {
    await this.#end(killProcess);
  }

  async start(): Promise<void> {
    if (this.#stopped) throw new CuppingError("target", "the reference server was stopped and will not start again");
    this.#process ??= await this.#startOnOwnPorts();
  }

  /** While the server is down, somebody else's passing connection may have been given one of its ports. */
  async #startOnOwnPorts(): Promise<ReferenceProcess> {
    const deadline = performance.now() + PORT_DEADLINE_MS;
    for (;;) {
      try {
        return await this.#around.start(this.#ports);
      } catch (error) {
        if (!isCuppingError(error, "port-taken") || performance.now() > deadline) throw error;
      }
    }
  }

  pause(): void {
    this.#process?.child.kill("SIGSTOP");
  }

  resume(): void {
    this.#process?.child.kill("SIGCONT");
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    await this.#end(stopProcess);
    await this.#around.cleanUp();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #end(how: (child: ReferenceProcess["child"]) => Promise<void>): Promise<void> {
    if (!this.#process) return;
    this.#before = { ...((await this.usage()) ?? this.#before), rssBytes: 0 };
    await how(this.#process.child);
    this.#process = undefined;
  }
}

function timerArguments(timers: ReferenceServerOptions["timers"] = {}): string[] {
  const names = { login: "--login-timeout", heartbeat: "--heartbeat-timeout", ack: "--ack-timeout" } as const;
  return (Object.keys(names) as (keyof typeof names)[]).flatMap((timer) =>
    timers[timer] === undefined ? [] : [names[timer], `${timers[timer]}ms`],
  );
}
