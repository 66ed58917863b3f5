import { type ContainerRows, containerRows } from "./container.ts";
import { type JsonRows, jsonRows, type OutputRows, outputRows, type ReportRows, reportRows } from "./output.ts";
import { type ServerArgumentRows, serverArgumentRows } from "./reference-server.ts";
import { type ArgumentsOf, type Checked, type CommandOptions, together } from "./row.ts";
import { type DryRunRows, dryRunRows, type LabelRows, labelRows, type SeedRows, seedRows } from "./run.ts";
import { type MetricsRows, metricsRows, type TargetRows, targetRows } from "./target.ts";
import { type ThresholdRows, thresholdRows } from "./thresholds.ts";
import { type TlsRows, tlsRows } from "./tls.ts";
import { type TrafficRows, trafficRows } from "./traffic.ts";

const ownRows = {
  connections: {
    type: "number",
    default: 20,
    describe: "number of connections to the HTTP API",
    limits: { integer: true, minimum: 1 },
  },
  mix: {
    type: "string",
    describe: "how the rate is split between operations, e.g. register=1,nickname=3",
    otherwise: "register=1,nickname=3,health=1",
  },
} as const;
type OwnRows = Checked<typeof ownRows>;

/** The options of `cupping load http`: of those of the other scenarios what makes sense for requests, and its own. */
export const httpOptions: CommandOptions<
  [
    TargetRows,
    TlsRows,
    ContainerRows,
    MetricsRows,
    TrafficRows,
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
  containerRows,
  metricsRows,
  trafficRows,
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
export type HttpArguments = ArgumentsOf<typeof httpOptions.rows>;
