import { type AccountRows, accountRows } from "./accounts.ts";
import { type JsonRows, jsonRows, type OutputRows, outputRows, type ReportRows, reportRows } from "./output.ts";
import { type ServerArgumentRows, serverArgumentRows } from "./reference-server.ts";
import { type ArgumentsOf, type Checked, type CommandOptions, together } from "./row.ts";
import { type LabelRows, labelRows, type SeedRows, seedRows } from "./run.ts";
import { type TargetRows, targetRows } from "./target.ts";
import { type ThresholdRows, thresholdRows } from "./thresholds.ts";

const ownRows = {
  vus: { type: "number", describe: "virtual users of k6; each stands for as many users as the scenario says" },
  rate: { type: "number", describe: "messages or iterations per second, all virtual users together" },
  duration: { type: "string", default: "30s", describe: "measured time" },
  ramp: { type: "string", default: "5s", describe: "time over which users of long sessions come up" },
  drain: { type: "string", default: "10s", describe: "longest wait for what is on its way at the end" },
  payload: { type: "number", default: 100, describe: "bytes of a message's content" },
  k6: { type: "string", describe: "the k6 program", otherwise: "k6 on the PATH, or in Go's folder" },
  k6Arg: { type: "list", nargs: 1, describe: "argument for k6 run, e.g. --k6-arg=--http-debug; repeatable" },
  samples: {
    type: "boolean",
    default: true,
    describe: "have k6 export every sample, for histograms and a course over time",
  },
  keepSamples: {
    type: "boolean",
    default: false,
    describe: "leave the samples beside the result",
    output: true,
  },
} as const;
type OwnRows = Checked<typeof ownRows>;

/** The options of `cupping k6`. */
export const k6Options: CommandOptions<
  [
    TargetRows,
    AccountRows,
    OwnRows,
    ThresholdRows,
    ServerArgumentRows,
    LabelRows,
    SeedRows,
    OutputRows,
    ReportRows,
    JsonRows,
  ]
> = together(
  targetRows,
  accountRows,
  ownRows,
  thresholdRows,
  serverArgumentRows,
  labelRows,
  seedRows,
  outputRows,
  reportRows,
  jsonRows,
);

/** What the parser makes of them. */
export type K6Arguments = ArgumentsOf<typeof k6Options.rows> & { scenario: string };
