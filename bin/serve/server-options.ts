import { readFile } from "node:fs/promises";
import { createSecureContext } from "node:tls";
import { CuppingError } from "../../harness/errors.ts";
import { parseDuration } from "../../harness/measure/duration.ts";
import { systemReason } from "../../harness/system-reason.ts";
import type { ServerOptions } from "../../server-ref/index.ts";
import type { ServeArguments } from "../options/serve.ts";
import { findMutant } from "./find-mutant.ts";

/** The server's options and how long it may drain at its end, in milliseconds. */
export type ServeSettings = ServerOptions & { drainMs: number };

function readPorts({ tcp, ws, http }: ServeArguments): Pick<ServerOptions, "tcp" | "ws" | "http"> {
  const ports = { tcp, ws, http };
  const chosen = Object.values(ports).filter((each) => each !== 0);
  if (new Set(chosen).size < chosen.length) {
    throw new CuppingError(
      "usage",
      `--tcp ${tcp}, --ws ${ws} and --http ${http} each need a port of their own; two of them are the same`,
    );
  }
  return ports;
}

function positiveDuration(name: string, text: string): number {
  const milliseconds = parseDuration(text, `--${name}`);
  if (milliseconds < 1) throw new CuppingError("usage", `--${name} is ${text}; expected at least 1ms`);
  return milliseconds;
}

function url(name: string, text: string, protocols: readonly string[]): string {
  const protocol = URL.canParse(text) ? new URL(text).protocol : undefined;
  if (protocol !== undefined && protocols.includes(protocol)) return text;
  throw new CuppingError(
    "usage",
    `--${name} is "${text}"; expected ${protocols.map((each) => `${each}//…`).join(" or ")}`,
  );
}

function storeAddress(text: string): string {
  if (text === "memory:" || /^sqlite:./.test(text)) return text;
  if (/^postgres(ql)?:\/\//.test(text)) return url("store", text, ["postgres:", "postgresql:"]);
  throw new CuppingError("usage", `--store is "${text}"; expected memory:, sqlite:FILE or postgres://…`);
}

async function pem(name: string, path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new CuppingError("usage", `--${name}: cannot read ${path}: ${systemReason(error)}`);
  }
}

/**
 * Certificate and key from their files; nothing without TLS.
 * @throws CuppingError `usage` when one cannot be read, or they do not fit
 */
export async function readTls({
  tlsCert,
  tlsKey,
}: Pick<ServeArguments, "tlsCert" | "tlsKey">): Promise<Pick<ServerOptions, "tls">> {
  if (tlsCert === undefined && tlsKey === undefined) return {};
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new CuppingError("usage", "--tls-cert and --tls-key belong together; give both or neither");
  }
  const tls = { cert: await pem("tls-cert", tlsCert), key: await pem("tls-key", tlsKey) };
  try {
    createSecureContext(tls);
  } catch (error) {
    throw new CuppingError(
      "usage",
      `${tlsCert} and ${tlsKey} are not a PEM certificate and its key: ${(error as Error).message}`,
    );
  }
  return { tls };
}

/** Options that have no default on the command line, those left out excepted. */
function readOptional(args: ServeArguments): Partial<ServerOptions> {
  const { bus, maxConnections, passwordCost, usersFile, robotWebhook, robotTimeout } = args;
  return {
    ...(bus !== undefined && { bus: url("bus", bus, ["redis:", "rediss:"]) }),
    ...(maxConnections !== undefined && { maxConnections }),
    ...(passwordCost !== undefined && { passwordCost }),
    ...(usersFile !== undefined && { usersFile }),
    ...(robotWebhook !== undefined && { robotWebhook: url("robot-webhook", robotWebhook, ["http:", "https:"]) }),
    ...(robotTimeout !== undefined && { robotTimeoutMs: positiveDuration("robot-timeout", robotTimeout) }),
  };
}

/**
 * The server's options from the command line.
 * @throws CuppingError `usage` naming the option that is wrong and what was expected
 */
export async function readServerOptions(args: ServeArguments): Promise<ServeSettings> {
  return {
    host: args.host,
    ...readPorts(args),
    store: storeAddress(args.store),
    durability: args.durability,
    strictLog: args.strictLog,
    loginTimeoutMs: positiveDuration("login-timeout", args.loginTimeout),
    heartbeatTimeoutMs: positiveDuration("heartbeat-timeout", args.heartbeatTimeout),
    ackTimeoutMs: positiveDuration("ack-timeout", args.ackTimeout),
    callAnswerTimeoutMs: positiveDuration("call-answer-timeout", args.callAnswerTimeout),
    callHeartbeatTimeoutMs: positiveDuration("call-heartbeat-timeout", args.callHeartbeatTimeout),
    drainMs: parseDuration(args.drainTimeout, "--drain-timeout"),
    processes: args.processes,
    maxFrameLength: args.maxFrame,
    maxOutgoingBytes: args.maxOutgoing,
    maxIncomingBytes: args.maxIncoming,
    requestRate: args.requestRate,
    proxyProtocol: args.proxyProtocol,
    registrationsPerHour: args.registrationsPerHour,
    registrationsAtOnce: args.registrationsAtOnce,
    mutants: args.mutant.map(findMutant),
    ...readOptional(args),
    ...(await readTls(args)),
  };
}
