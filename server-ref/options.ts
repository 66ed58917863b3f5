import { DEFAULT_MAX_FRAME_LENGTH } from "../codegen/index.ts";
import { logRepeatsOnce } from "./log-repeats.ts";
import type { Mutant } from "./mutants/define.ts";

/** How to run a server; everything has a default. */
export interface ServerOptions {
  /** Default `127.0.0.1`. */
  host?: string;
  /** TCP port; 0 any free one. Default 8000; undefined by `null`: no listener. */
  tcp?: number | null;
  /** WebSocket port. Default 8001. */
  ws?: number | null;
  /** HTTP API port. Default 18080. */
  http?: number | null;
  /** `memory:`, `sqlite:FILE` or `postgres://…`. Default `sqlite:./cupping.db`. */
  store?: string;
  /** `redis://…`: other gates that share the store. Default: this is the only one. */
  bus?: string;
  /**
   * What an acknowledged message survives: `process`, the server being killed at any instant; `power`, also a power
   * cut (fsync before the acknowledgement). Default `process`.
   */
  durability?: "process" | "power";
  /** Milliseconds (LOGIN-10). Default 15 000. */
  loginTimeoutMs?: number;
  /** Milliseconds (HB-02). Default 60 000. */
  heartbeatTimeoutMs?: number;
  /** Milliseconds (ACK-03). Default 15 000. */
  ackTimeoutMs?: number;
  /**
   * Processes that hold the clients' sockets beside this one, from 2; they share the ports. For more connections than
   * one process has descriptors. Needs Linux or another system that spreads clients over shared ports. Default 1: this
   * process holds the sockets itself.
   */
  processes?: number;
  /** Largest packet taken, in bytes (CONN-07). Default 10 MiB. */
  maxFrameLength?: number;
  /** Connections over all listeners; more are closed at once. Default: as many as there are descriptors. */
  maxConnections?: number;
  /** Bytes that may wait for a slow reader before it is disconnected (CONN-18), from 64 KiB. Default 4 MiB. */
  maxOutgoingBytes?: number;
  /** Requests per second of one connection; what is above it waits. Default 0: no limit. */
  requestRate?: number;
  /** log2 of the scrypt cost of password hashes. Default: the hasher's. */
  passwordCost?: number;
  /** Accounts that may be registered within an hour (HTTP-13). Default 0: any number. */
  registrationsPerHour?: number;
  /** Milliseconds from a call's invitation to its answer (VOIP-13). Default 60 000. */
  callAnswerTimeoutMs?: number;
  /** Milliseconds without a call heartbeat of either side (VOIP-13). Default 30 000. */
  callHeartbeatTimeoutMs?: number;
  /** `http://…` of a service that answers for the robots (ROBOT-03). Default: answers made here (ROBOT-06). */
  robotWebhook?: string;
  /** Milliseconds before the robot apologises (ROBOT-05). Default: each robot's own, 10 000 or 3 000. */
  robotTimeoutMs?: number;
  /** PEM texts; with both, TCP and WebSocket speak TLS. */
  tls?: { cert: string; key: string };
  /** CSV file of accounts to create. */
  usersFile?: string;
  mutants?: readonly Mutant[];
  /** Takes one line per event worth telling an operator. Default: standard error. */
  log?: (line: string) => void;
}

/** Ports that the server listens on; null where it does not. */
export interface ServerPorts {
  tcp: number | null;
  ws: number | null;
  http: number | null;
}

/** A server that listens. */
export interface RunningServer {
  readonly ports: ServerPorts;
  /**
   * Stops taking connections, finishes what was received, makes it durable, sends what is due, closes every
   * connection and the store. When no connection has gone for `stillMs` (default 5 000), those that are left are cut.
   * Calling it again waits for the same end.
   */
  stop(stillMs?: number): Promise<void>;
}

/** Options that may be left out altogether. */
type Optional = "bus" | "passwordCost" | "robotWebhook" | "robotTimeoutMs" | "tls" | "usersFile";

/** Every option with its value. */
export type Settings = Required<Omit<ServerOptions, Optional>> & {
  readonly [Name in Optional]: ServerOptions[Name] | undefined;
};

/** Fills in the defaults. */
export function settingsOf(options: ServerOptions): Settings {
  const { log = (line) => process.stderr.write(`cupping serve: ${line}\n`), ...given } = options;
  const { bus, passwordCost, robotWebhook, robotTimeoutMs, tls, usersFile, ...rest } = given;
  return {
    host: "127.0.0.1",
    tcp: 8000,
    ws: 8001,
    http: 18080,
    store: "sqlite:./cupping.db",
    durability: "process",
    loginTimeoutMs: 15_000,
    heartbeatTimeoutMs: 60_000,
    ackTimeoutMs: 15_000,
    processes: 1,
    maxFrameLength: DEFAULT_MAX_FRAME_LENGTH,
    maxConnections: Number.POSITIVE_INFINITY,
    maxOutgoingBytes: 4 * 1024 * 1024,
    requestRate: 0,
    registrationsPerHour: 0,
    callAnswerTimeoutMs: 60_000,
    callHeartbeatTimeoutMs: 30_000,
    mutants: [],
    ...rest,
    log: logRepeatsOnce(log),
    bus,
    passwordCost,
    robotWebhook,
    robotTimeoutMs,
    tls,
    usersFile,
  };
}
