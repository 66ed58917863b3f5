import type { Options } from "yargs";
import { fallbacks, payloadPresets, type Scenario } from "../../harness/load/index.ts";

const presets = Object.entries(payloadPresets)
  .map(([name, bytes]) => `${name} (${bytes})`)
  .join(", ");

/** Options of `load` that all scenarios share. */
export const loadOptions: Record<string, Options> = {
  target: {
    type: "string",
    default: "ref",
    describe: "tcp://HOST:PORT, tls://, ws://, wss://, ref: start the reference server, or container",
  },
  http: { type: "string", describe: "http://HOST:PORT of the target's HTTP API, for registering users" },
  image: { type: "string", describe: "for --target container: image of the server; default: built from this checkout" },
  compose: { type: "string", describe: "for --target container: compose file of your own stack, with --service" },
  service: { type: "string", describe: "the service of --compose to connect to" },
  metrics: {
    type: "string",
    describe: "where the target's metrics are, for its CPU and event loop delay [default: /metrics of --http]",
  },
  transport: { choices: ["tcp", "ws"], describe: "how clients connect to a target that the tool starts itself" },
  users: { type: "string", describe: "how accounts come to be: register, template, or file:users.csv" },
  "user-template": {
    type: "string",
    describe: "names of existing accounts, e.g. 'load{n}'; password from CUPPING_PASSWORD",
  },
  "user-password": { type: "string", describe: "@FILE with the password of template accounts" },
  clients: { type: "number", describe: "simulated users that are logged in at the same time" },
  rate: { type: "string", describe: "arrivals per second, whatever the target does (open model), e.g. 1000/s" },
  closed: {
    type: "boolean",
    describe: "each user waits for its answer and thinks before it acts again (closed model)",
  },
  think: { type: "string", describe: `mean thinking time of the closed model [default: ${fallbacks.think}]` },
  arrivals: {
    choices: ["poisson", "uniform"],
    default: fallbacks.spacing,
    describe: "how arrivals of the open model are spaced",
  },
  ramp: { type: "string", describe: "time over which clients connect and log in [default: 500 clients a second]" },
  warmup: { type: "string", describe: `traffic before the measured time [default: ${fallbacks.warmup}]` },
  duration: { type: "string", describe: `measured time [default: ${fallbacks.duration}]` },
  stages: { type: "string", describe: "changing rate instead of --rate and --duration, e.g. 30s:1000,2m:5000" },
  drain: { type: "string", describe: `longest wait for what is on its way at the end [default: ${fallbacks.drain}]` },
  workers: { type: "string", default: "auto", describe: "processes that make the load" },
  payload: { type: "string", describe: `size of a message's content: ${presets} or a number of bytes` },
  heartbeat: { type: "string", default: fallbacks.heartbeat, describe: "time between two heartbeats of a client" },
  threshold: {
    type: "string",
    array: true,
    requiresArg: true,
    nargs: 1,
    describe: "limit on a figure, e.g. 'msg_e2e: p(99)<200 abortOnFail'; repeatable",
  },
  "max-rate": {
    type: "number",
    default: fallbacks.maxRate,
    describe: "refuse a rate above this, so that a slip does no harm",
  },
  audit: { type: "boolean", default: true, describe: "compare history, session lists and unread counts at the end" },
  "find-max": { choices: ["clients", "rate"], describe: "search for the most that still meets the thresholds" },
  "i-own-this-target": {
    type: "boolean",
    default: false,
    describe: "needed for a target that is not on a private network",
  },
  "serve-arg": {
    type: "string",
    array: true,
    nargs: 1,
    describe: "argument for the reference server, e.g. --serve-arg=--mutant=x",
  },
  out: { type: "string", describe: "folder for the result [default: reports/out/<time>-load-<scenario>]" },
  report: { type: "string", describe: "reports to write, e.g. html,markdown,junit,github,prometheus [default: html]" },
  json: { type: "boolean", default: false, describe: "print the result on standard output" },
  label: { type: "string", describe: "a name for this run, e.g. the version of the server under test" },
  seed: { type: "number", describe: "same seed: same users, payloads and schedule [default: drawn, and recorded]" },
  quiet: { type: "boolean", default: false, describe: "no progress" },
  verbose: { type: "boolean", default: false, describe: "a line for every second, and every example that was kept" },
};

/** The options that a scenario adds. */
export function scenarioOptions(scenario: Scenario): Record<string, Options> {
  return Object.fromEntries(
    Object.entries(scenario.options ?? {}).map(([name, option]) => [
      name,
      { type: option.type, default: option.default, describe: option.describe, group: `Options of ${scenario.name}:` },
    ]),
  );
}
