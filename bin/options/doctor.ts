import { type AccountRows, accountRows } from "./accounts.ts";
import { type SuiteTargetRows, suiteTargetRows } from "./conformance.ts";
import { type ContainerRows, containerRows } from "./container.ts";
import { type FrontRows, frontRows } from "./front.ts";
import { type JsonRows, jsonRows, type OutputRows, outputRows, type ReportRows, reportRows } from "./output.ts";
import { type MutantRows, mutantRows } from "./reference-server.ts";
import { type ArgumentsOf, type Checked, type CommandOptions, together } from "./row.ts";
import { type DryRunRows, dryRunRows, type LabelRows, labelRows, type SeedRows, seedRows } from "./run.ts";
import { type TargetRows, targetRows } from "./target.ts";
import { type TimerRows, timerRows } from "./timers.ts";
import { type TlsRows, tlsRows } from "./tls.ts";

const ownRows = {
  writeCapabilities: {
    type: "string",
    describe: "file for --capabilities that is written from what was seen",
    otherwise: "capabilities.json in the folder of the output files",
    output: true,
    writes: "file",
  },
} as const;
type OwnRows = Checked<typeof ownRows>;

/** The options of `cupping doctor`: those of the suite that are about the target, and its own. */
export const doctorOptions: CommandOptions<
  [
    TargetRows,
    TlsRows,
    FrontRows,
    SuiteTargetRows,
    ContainerRows,
    AccountRows,
    MutantRows,
    OwnRows,
    TimerRows,
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
  frontRows,
  suiteTargetRows,
  containerRows,
  accountRows,
  mutantRows,
  ownRows,
  timerRows,
  labelRows,
  seedRows,
  dryRunRows,
  outputRows,
  reportRows,
  jsonRows,
);

/** What the parser makes of them. */
export type DoctorArguments = ArgumentsOf<typeof doctorOptions.rows>;
