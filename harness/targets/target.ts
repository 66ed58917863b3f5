import type { Address } from "../client/index.ts";
import type { ProcessUsage } from "./process-usage.ts";
import type { DiskControl } from "./small-disk.ts";

/** What the harness can do to a server that it started itself. All keep the store and the addresses. */
export interface TargetControl {
  /** Stops the server in order and starts it again. */
  restart(): Promise<void>;
  /** Kills the server without warning (SIGKILL) and starts it again. */
  crash(): Promise<void>;
  /** Kills the server without warning; {@link start} brings it back. */
  kill(): Promise<void>;
  /** Starts a server that was killed. */
  start(): Promise<void>;
  /** Stops the server's process where it stands (SIGSTOP) until {@link resume}. */
  pause(): void | Promise<void>;
  resume(): void | Promise<void>;
  /** How the server's process ended by itself, or by somebody else's doing; undefined while it runs or where nobody sees it. */
  readonly death?: string | undefined;
  /** Process id of the running server, where it is a process of this machine. */
  readonly pid: number | undefined;
  /** The disk with the server's data, where it was put on one of its own. */
  readonly disk?: DiskControl | undefined;
}

/** What the harness can do to the services of a stack of containers, by their names in the compose file. */
export interface ServiceControl {
  /** Kills a service without warning (SIGKILL); {@link start} brings it back. */
  kill(service: string): Promise<void>;
  start(service: string): Promise<void>;
  /** Stops every process of a service where it stands, until {@link resume}. */
  pause(service: string): Promise<void>;
  resume(service: string): Promise<void>;
}

/** A server to test, ready to be connected to. */
export interface Target {
  readonly startedBy: "external" | "ref" | "container";
  /** Where clients connect. */
  readonly address: Address;
  /** Every address of the server that is known, by transport. */
  readonly addresses: { readonly tcp?: Address; readonly ws?: Address };
  /** Base address of the HTTP API. */
  readonly http: string | undefined;
  /** Only where the harness started the server. */
  readonly control: TargetControl | undefined;
  /** Only for a stack of containers. */
  readonly services?: ServiceControl | undefined;
  /** The last lines that the server logged, oldest first; empty for a server that was running already. */
  logTail(): string[];
  /** What the server's processes have used; undefined where it cannot be seen. */
  usage(): Promise<ProcessUsage | undefined>;
  /** Releases everything that was started for the target. Safe to call again. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
