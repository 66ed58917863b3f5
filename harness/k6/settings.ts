import { parseDuration } from "../measure/duration.ts";
import { decodeContext, type RunContext } from "./run-context.ts";

/** What a scenario runs with, from the environment variables that `k6 run -e NAME=VALUE` sets. */
export interface K6Settings {
  /** `CUPPING_URL`: the target's WebSocket address. Default `ws://127.0.0.1:8001`. */
  readonly url: string;
  /** `CUPPING_HTTP`: its HTTP API, where users are registered. Default `http://127.0.0.1:18080`. */
  readonly http: string;
  /** `CUPPING_VUS`: virtual users of k6. A scenario says how many users of the target one of them stands for. */
  readonly vus: number;
  /** `CUPPING_RATE`: messages or iterations per second, all virtual users together. */
  readonly rate: number;
  /** `CUPPING_DURATION`: measured time, milliseconds. */
  readonly durationMs: number;
  /** `CUPPING_RAMP`: time over which the users of long sessions come up, milliseconds. */
  readonly rampMs: number;
  /** `CUPPING_DRAIN`: longest wait for what is on its way at the end, milliseconds. */
  readonly drainMs: number;
  /** `CUPPING_PAYLOAD`: bytes of a message's content. */
  readonly payloadBytes: number;
  /**
   * `CUPPING_RUN`: tag of the run, in the names of its users and in its messages. It must be new for every run, and the
   * instances of one distributed run share it. Default: made from the time.
   */
  readonly run: string;
  /** `CUPPING_USERS`: file with a JSON list of `{user_name, user_pwd}`; without it users are registered. */
  readonly usersFile: string | undefined;
  /** `CUPPING_THRESHOLDS`: JSON list of more thresholds, e.g. `["msg_e2e: p(99)<200"]`. */
  readonly thresholds: readonly string[];
  /** `CUPPING_RESULT`: path of the result file. Default `result.json`. */
  readonly resultPath: string;
  /** `CUPPING_CONTEXT`: what the starting program knows of the run, as JSON. */
  readonly context: RunContext;
}

/** What a scenario uses when the environment says nothing. */
export interface SettingDefaults {
  readonly vus: number;
  readonly rate: number;
}

function positive(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new Error(`${name}="${text}" is not a positive number`);
  return value;
}

/** Reads the environment of k6. */
export function readSettings(env: Readonly<Record<string, string | undefined>>, defaults: SettingDefaults): K6Settings {
  const duration = (name: string, fallback: string): number => parseDuration(env[name] || fallback, name);
  return {
    url: env["CUPPING_URL"] || "ws://127.0.0.1:8001",
    http: (env["CUPPING_HTTP"] || "http://127.0.0.1:18080").replace(/\/+$/, ""),
    vus: Math.ceil(positive("CUPPING_VUS", env["CUPPING_VUS"], defaults.vus)),
    rate: positive("CUPPING_RATE", env["CUPPING_RATE"], defaults.rate),
    durationMs: duration("CUPPING_DURATION", "30s"),
    rampMs: duration("CUPPING_RAMP", "5s"),
    drainMs: duration("CUPPING_DRAIN", "10s"),
    payloadBytes: Math.max(64, positive("CUPPING_PAYLOAD", env["CUPPING_PAYLOAD"], 100)),
    run: env["CUPPING_RUN"] || `k6-${Date.now().toString(36)}`,
    usersFile: env["CUPPING_USERS"] || undefined,
    thresholds: JSON.parse(env["CUPPING_THRESHOLDS"] || "[]") as string[],
    resultPath: env["CUPPING_RESULT"] || "result.json",
    context: decodeContext(env["CUPPING_CONTEXT"]),
  };
}
