import { DEFAULT_MAX_FRAME_LENGTH } from "../codegen/index.ts";
import { logRepeatsOnce } from "./log-repeats.ts";
import type { Mutant } from "./mutants/define.ts";

/** How to run a reference server. Every option has a default. */
export interface ServerOptions {
  /** Address that every listener binds to. Default `127.0.0.1`. */
  host?: string;
  /** TCP port; 0 picks a free one, `null` disables the listener. Default 8000. */
  tcp?: number | null;
  /** WebSocket port; 0 picks a free one, `null` disables the listener. Default 8001. */
  ws?: number | null;
  /** Port of the HTTP API and the probes; 0 picks a free one, `null` disables the listener. Default 18080. */
  http?: number | null;
  /** Where everything is stored: `memory:`, `sqlite:FILE` or `postgres://…`. Default `sqlite:./cupping.db`. */
  store?: string;
  /** `redis://…` that connects this server with others on the same store. Default: it is the only one. */
  bus?: string;
  /**
   * What an acknowledged message survives. `process`: the server being killed at any moment. `power`: a power cut as
   * well, since the disk is synced before the acknowledgement. Default `process`.
   */
  durability?: "process" | "power";
  /**
   * Whether to refuse to start on an SQLite database whose write-ahead log is missing or damaged where one is due; else
   * that is logged. Default false.
   */
  strictLog?: boolean;
  /** Milliseconds from connecting within which a client must have logged in (LOGIN-10). Default 15 000. */
  loginTimeoutMs?: number;
  /** Milliseconds without a packet after which a connection is closed (HB-02). Default 60 000. */
  heartbeatTimeoutMs?: number;
  /** Milliseconds that a push waits for the client's confirmation (ACK-03). Default 15 000. */
  ackTimeoutMs?: number;
  /**
   * Number of processes that hold the clients' sockets. From 2 on, child processes hold them and share the ports, which
   * allows more connections than one process has file descriptors; this needs Linux or another system that balances
   * clients over shared ports. Default 1: this process holds the sockets itself.
   */
  processes?: number;
  /** Largest packet accepted, in bytes (CONN-07). Default 10 MiB. */
  maxFrameLength?: number;
  /** Most connections over all listeners; any more are closed at once. Default: no limit but the file descriptors. */
  maxConnections?: number;
  /** Bytes that may be queued for a slow reader before it is disconnected (CONN-18); at least 64 KiB. Default 4 MiB. */
  maxOutgoingBytes?: number;
  /**
   * Bytes that all connections together may make the server hold of packets that are not whole or not handled yet; the
   * connection that holds the most is closed beyond. Never less than `maxFrameLength`. Default 256 MiB.
   */
  maxIncomingBytes?: number;
  /** Requests per second that one connection may make; those above the rate are delayed. Default 0: no limit. */
  requestRate?: number;
  /**
   * Which connections begin with a header of the PROXY protocol, version 1 or 2, as balancers send it: none, those of TCP
   * and WebSocket clients, or those of the HTTP API too. The client's address is then the one in it. Default `off`.
   */
  proxyProtocol?: "off" | "clients" | "all";
  /** Base-2 logarithm of the scrypt cost of password hashes, 1 to 20. Default 14. */
  passwordCost?: number;
  /** Most accounts that may be registered within any hour (HTTP-13). Default 0: no limit. */
  registrationsPerHour?: number;
  /** Registrations of one address that are handled at a time; any more wait. 0: no limit. Default 8. */
  registrationsAtOnce?: number;
  /** Milliseconds that a call may ring before it is cancelled (VOIP-13). Default 60 000. */
  callAnswerTimeoutMs?: number;
  /** Milliseconds without a call heartbeat after which an answered call ends (VOIP-13). Default 30 000. */
  callHeartbeatTimeoutMs?: number;
  /** `http://…` of a service that answers for the robots (ROBOT-03). Default: the server answers itself (ROBOT-06). */
  robotWebhook?: string;
  /** Milliseconds that the service may take before the robot apologises (ROBOT-05). Default: 10 000 or 3 000. */
  robotTimeoutMs?: number;
  /** Certificate and key in PEM format; with them, TCP and WebSocket use TLS. */
  tls?: { cert: string; key: string };
  /** CSV file with accounts to create at start: `user_id,user_name,password,token`. */
  usersFile?: string;
  /** Deviations from the rules to apply, in this order. Default: none. */
  mutants?: readonly Mutant[];
  /** Called with one line per event that an operator should know of. Default: writes to standard error. */
  log?: (line: string) => void;
}

/** Ports that the server listens on; `null` for a listener that is disabled. */
export interface ServerPorts {
  tcp: number | null;
  ws: number | null;
  http: number | null;
}

/** A server that is accepting connections. */
export interface RunningServer {
  readonly ports: ServerPorts;
  /**
   * Shows another certificate to clients that connect from now on; those that are connected stay. Does nothing to a server
   * without TLS.
   * @throws the system's error when they are not a certificate and its key; the server then goes on with the old ones
   */
  renewTls(tls: { cert: string; key: string }): void;
  /**
   * Shuts down gracefully: accepts no more connections, handles every request that has been received, makes it durable
   * and answers it, then closes all connections and the store. Whenever no connection has closed for `stillMs`
   * milliseconds (default 5 000), those that remain are cut. Further calls wait for the same shutdown.
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
    strictLog: false,
    loginTimeoutMs: 15_000,
    heartbeatTimeoutMs: 60_000,
    ackTimeoutMs: 15_000,
    processes: 1,
    maxFrameLength: DEFAULT_MAX_FRAME_LENGTH,
    maxConnections: Number.POSITIVE_INFINITY,
    maxOutgoingBytes: 4 * 1024 * 1024,
    maxIncomingBytes: 256 * 1024 * 1024,
    requestRate: 0,
    proxyProtocol: "off",
    registrationsPerHour: 0,
    registrationsAtOnce: 8,
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
