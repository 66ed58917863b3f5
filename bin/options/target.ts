import type { Checked } from "./row.ts";

/** What is tested. */
export const targetRows = {
  target: {
    type: "string",
    default: "ref",
    describe: "tcp://, tls://, ws:// or wss://HOST:PORT, ref (starts the reference server) or container",
    top: true,
    always: true,
  },
  http: {
    type: "string",
    describe: "the target's HTTP API, e.g. http://127.0.0.1:18080",
    top: true,
  },
  wait: {
    type: "string",
    describe: "how long to wait for a server that does not take connections yet, e.g. 60s",
    otherwise: "it has to be there",
    top: true,
  },
  iOwnThisTarget: {
    type: "boolean",
    default: false,
    describe: "required for a target outside private networks",
    top: true,
  },
} as const;
export type TargetRows = Checked<typeof targetRows>;

/** What the target says of itself. */
export const metricsRows = {
  metrics: {
    type: "string",
    describe: "URL of the target's metrics, for its CPU and event loop delay",
    otherwise: "/metrics of its HTTP API",
  },
} as const;
export type MetricsRows = Checked<typeof metricsRows>;
