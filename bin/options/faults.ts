import { type AccountRows, accountRows } from "./accounts.ts";
import { type ContainerRows, containerRows } from "./container.ts";
import { type FrontRows, frontRows } from "./front.ts";
import { type JsonRows, jsonRows, type OutputRows, outputRows, type ReportRows, reportRows } from "./output.ts";
import { type MutantRows, mutantRows } from "./reference-server.ts";
import { type ArgumentsOf, type Checked, type CommandOptions, together } from "./row.ts";
import { type DryRunRows, dryRunRows, type SeedRows, seedRows } from "./run.ts";
import { type TargetRows, targetRows } from "./target.ts";
import { type TlsRows, tlsRows } from "./tls.ts";

const ownRows = {
  disturb: { type: "string", describe: "services in the --compose file to kill and pause, e.g. 'postgres,redis'" },
  only: { type: "string", describe: "faults to inject, comma-separated, * allowed, e.g. 'server-*,partition'" },
  list: { type: "boolean", default: false, describe: "list the faults without injecting any", perCall: true },
  pairs: {
    type: "number",
    default: 4,
    describe: "pairs of users who message each other meanwhile",
    limits: { integer: true, minimum: 1 },
  },
  rate: {
    type: "number",
    default: 50,
    describe: "messages per second that each user sends",
    limits: { exclusiveMinimum: 0, maximum: 1_000 },
  },
  recovery: { type: "string", default: "30s", describe: "longest time the server may take to recover from a fault" },
} as const;
type OwnRows = Checked<typeof ownRows>;

/** The options of `cupping faults`. */
export const faultOptions: CommandOptions<
  [
    TargetRows,
    TlsRows,
    FrontRows,
    ContainerRows,
    AccountRows,
    MutantRows,
    OwnRows,
    SeedRows,
    DryRunRows,
    OutputRows,
    ReportRows,
    JsonRows,
  ]
> = together(
  targetRows,
  tlsRows,
  frontRows,
  containerRows,
  accountRows,
  mutantRows,
  ownRows,
  seedRows,
  dryRunRows,
  outputRows,
  reportRows,
  jsonRows,
);

/** What the parser makes of them. */
export type FaultArguments = ArgumentsOf<typeof faultOptions.rows>;
