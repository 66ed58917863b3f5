import { type JsonRows, jsonRows, type OutputRows, outputRows, type ReportRows, reportRows } from "./output.ts";
import { type ArgumentsOf, type Checked, type CommandOptions, together } from "./row.ts";

const ownRows = {
  matrix: {
    type: "boolean",
    default: false,
    describe: "put conformance results on one page: rules by implementations",
  },
  merge: {
    type: "boolean",
    default: false,
    describe: "merge the results of several k6 instances (pods) of one run into one, written to --out",
  },
  history: {
    type: "string",
    describe: "folder to search for results, for a page with the trend of their figures",
  },
  figures: { type: "string", describe: "figures to show with --history, e.g. msg_e2e.p99,msg_e2e.rate,summary.failed" },
  pushGateway: {
    type: "string",
    describe: "send the figures to a Prometheus push gateway, e.g. http://host:9091",
  },
  job: { type: "string", default: "cupping", describe: "job name at the push gateway" },
  otlp: { type: "string", describe: "send the figures to an OpenTelemetry collector, e.g. http://host:4318" },
} as const;
type OwnRows = Checked<typeof ownRows>;

/** The options of `cupping report`. */
export const reportOptions: CommandOptions<[ReportRows, OwnRows, OutputRows, JsonRows]> = together(
  reportRows,
  ownRows,
  outputRows,
  jsonRows,
);

/** What the parser makes of them. */
export type ReportArguments = ArgumentsOf<typeof reportOptions.rows> & { results: string[] };
