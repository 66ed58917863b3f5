import { type AccountRows, accountRows } from "./accounts.ts";
import { type ContainerRows, containerRows } from "./container.ts";
import { type FrontRows, frontRows } from "./front.ts";
import {
  type JsonRows,
  jsonRows,
  type OutputRows,
  outputRows,
  type ReportRows,
  reportRows,
  type VerboseRows,
  verboseRows,
} from "./output.ts";
import { type ServerArgumentRows, serverArgumentRows } from "./reference-server.ts";
import { type ArgumentsOf, type Checked, type CommandOptions, together } from "./row.ts";
import { type DryRunRows, dryRunRows, type LabelRows, labelRows, type SeedRows, seedRows } from "./run.ts";
import { type MetricsRows, metricsRows, type TargetRows, targetRows } from "./target.ts";
import { type ThresholdRows, thresholdRows } from "./thresholds.ts";
import { type TlsRows, tlsRows } from "./tls.ts";
import { type TrafficRows, trafficRows } from "./traffic.ts";

/** What a load is made of beside its traffic. Their names are those of the engine's settings. */
export const engineRows = {
  clients: {
    type: "number",
    describe: "number of simulated users logged in at the same time",
    limits: { integer: true, minimum: 1 },
  },
  closed: {
    type: "boolean",
    describe: "each user waits for its answer and thinks before acting again (closed model)",
  },
  think: { type: "string", describe: "mean think time of the closed model, e.g. 5s" },
  arrivals: {
    type: "choice",
    choices: ["poisson", "uniform"],
    describe: "how arrivals of the open model are spaced",
  },
  warmup: { type: "string", describe: "traffic before the measured time" },
  stages: { type: "string", describe: "rate over time, instead of --rate and --duration, e.g. 30s:1000,2m:5000" },
  drain: { type: "string", describe: "longest wait at the end for messages still in flight" },
  spreadAddresses: {
    type: "boolean",
    default: false,
    describe: "spread clients over all addresses of the target's name, instead of the first that takes connections",
  },
  workers: {
    type: "string",
    default: "auto",
    describe: "number of load generator processes, or auto",
    inFile: "text-or-number",
  },
  payload: {
    type: "string",
    describe: "size of a message's content: small (100), medium (700), large (2048) or a number of bytes",
    inFile: "text-or-number",
  },
  payloadText: {
    type: "choice",
    choices: ["plain", "any"],
    describe:
      "characters of a message's content: plain (letters, digits, . and -) or any printable ones, quotes included",
  },
  heartbeat: { type: "string", describe: "interval between a client's heartbeats" },
  maxRate: {
    type: "number",
    describe: "refuse a rate above this, in case of a typo",
    limits: { minimum: 0 },
  },
  audit: {
    type: "boolean",
    default: true,
    describe: "check history, session lists and unread counts at the end",
  },
} as const;
export type EngineRows = Checked<typeof engineRows>;

/** Which part of the load this machine makes, where several make it. */
export const sliceRows = {
  slice: {
    type: "string",
    describe: "make only this part of the load, e.g. 3/10, the third of ten; cupping merge makes one result of all",
    perCall: true,
  },
  plan: {
    type: "boolean",
    default: false,
    describe: "say how many machines like this one the load needs, with ports, memory and times, and end",
    output: true,
    perCall: true,
  },
  startAt: {
    type: "string",
    describe: "when all slices begin, e.g. 2026-05-04T12:00:00Z or Unix seconds",
    otherwise: "at once",
    perCall: true,
  },
  settle: {
    type: "string",
    describe: "with --start-at: from the end of the ramp to the traffic, for groups and histories to be made",
    perCall: true,
  },
} as const;
export type SliceRows = Checked<typeof sliceRows>;

const ownRows = {
  transport: {
    type: "choice",
    choices: ["tcp", "ws"],
    describe: "how clients connect to a target that the tool starts itself",
  },
  findMax: {
    type: "choice",
    choices: ["clients", "rate"],
    describe: "search for the highest value that still meets the thresholds",
    ofGate: true,
  },
  live: {
    type: "string",
    describe:
      "serve a page of the running load on loopback, under this port or any that is free; it becomes the report",
    mayStandAlone: true,
    output: true,
    perCall: true,
  },
} as const;
type OwnRows = Checked<typeof ownRows>;

/** The options of `cupping load`, without those that a scenario adds. */
export const loadOptions: CommandOptions<
  [
    TargetRows,
    TlsRows,
    FrontRows,
    ContainerRows,
    MetricsRows,
    AccountRows,
    OwnRows,
    SliceRows,
    TrafficRows,
    EngineRows,
    ThresholdRows,
    ServerArgumentRows,
    LabelRows,
    SeedRows,
    DryRunRows,
    OutputRows,
    ReportRows,
    JsonRows,
    VerboseRows,
  ]
> = together(
  targetRows,
  tlsRows,
  frontRows,
  containerRows,
  metricsRows,
  accountRows,
  ownRows,
  sliceRows,
  trafficRows,
  engineRows,
  thresholdRows,
  serverArgumentRows,
  labelRows,
  seedRows,
  dryRunRows,
  outputRows,
  reportRows,
  jsonRows,
  verboseRows,
);

/** What the parser makes of them. A scenario's own options stand beside them, under their own names. */
export type LoadArguments = ArgumentsOf<typeof loadOptions.rows> & { scenario: string } & Record<string, unknown>;
