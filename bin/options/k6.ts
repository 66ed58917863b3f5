import { type AccountRows, accountRows } from "./accounts.ts";
import { type JsonRows, jsonRows, type OutputRows, outputRows, type ReportRows, reportRows } from "./output.ts";
import { type ServerArgumentRows, serverArgumentRows } from "./reference-server.ts";
import { type ArgumentsOf, type Checked, type CommandOptions, together } from "./row.ts";
import { type DryRunRows, dryRunRows, type LabelRows, labelRows, type SeedRows, seedRows } from "./run.ts";
import { type MetricsRows, metricsRows, type TargetRows, targetRows } from "./target.ts";
import { type ThresholdRows, thresholdRows } from "./thresholds.ts";
import { type TlsRows, tlsRows } from "./tls.ts";

const ownRows = {
  vus: {
    type: "number",
    describe: "k6 virtual users; the scenario says how many users each of them stands for",
    limits: { integer: true, minimum: 1 },
  },
  rate: {
    type: "number",
    describe: "messages or iterations per second, over all virtual users",
    limits: { exclusiveMinimum: 0 },
  },
  duration: { type: "string", default: "30s", describe: "length of the measured phase" },
  ramp: { type: "string", default: "5s", describe: "time over which the users of long sessions log in" },
  drain: { type: "string", default: "10s", describe: "longest wait at the end for messages still in flight" },
  payload: {
    type: "number",
    default: 100,
    describe: "size of a message's content, in bytes",
    limits: { integer: true, minimum: 1 },
  },
  k6: { type: "string", describe: "path of the k6 program", otherwise: "k6 on the PATH, or in Go's folder" },
  k6Arg: { type: "list", nargs: 1, describe: "extra argument for k6 run, e.g. --k6-arg=--http-debug; repeatable" },
  samples: {
    type: "boolean",
    default: true,
    describe: "have k6 export every sample, for histograms and time series",
  },
  keepSamples: {
    type: "boolean",
    default: false,
    describe: "keep the samples next to the result",
    output: true,
  },
} as const;
type OwnRows = Checked<typeof ownRows>;

/** The options of `cupping k6`. */
export const k6Options: CommandOptions<
  [
    TargetRows,
    TlsRows,
    MetricsRows,
    AccountRows,
    OwnRows,
    ThresholdRows,
    ServerArgumentRows,
    LabelRows,
    SeedRows,
    DryRunRows,
    OutputRows,
    ReportRows,
    JsonRows,
  ]
> = together(
  targetRows,
  tlsRows,
  metricsRows,
  accountRows,
  ownRows,
  thresholdRows,
  serverArgumentRows,
  labelRows,
  seedRows,
  dryRunRows,
  outputRows,
  reportRows,
  jsonRows,
);

/** What the parser makes of them. */
export type K6Arguments = ArgumentsOf<typeof k6Options.rows> & { scenario: string };
