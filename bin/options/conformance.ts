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
import { type MutantRows, mutantRows } from "./reference-server.ts";
import { type ArgumentsOf, type Checked, type CommandOptions, together } from "./row.ts";
import { type DryRunRows, dryRunRows, type LabelRows, labelRows, type SeedRows, seedRows } from "./run.ts";
import { type TargetRows, targetRows } from "./target.ts";
import { type TimerRows, timerRows } from "./timers.ts";
import { type TlsRows, tlsRows } from "./tls.ts";

/** What the suite needs of a target beside its address and accounts. */
export const suiteTargetRows = {
  websocket: {
    type: "string",
    describe: "WebSocket address of the same server when --target is its TCP address, e.g. ws://HOST:PORT",
  },
  tokenUsers: {
    type: "string",
    describe:
      "CSV file with the columns user_id and token (user_name and password may follow): accounts that log in by token",
  },
} as const;
export type SuiteTargetRows = Checked<typeof suiteTargetRows>;

/** Which rules are checked, and which of them count. */
const caseRows = {
  only: { type: "string", describe: "cases to run: comma-separated rules or ids, * allowed, e.g. 'MSG-*,LOGIN-02'" },
  quick: {
    type: "boolean",
    default: false,
    describe: "run two cases of each rule that take a moment: for every change; a release needs the whole suite",
  },
  thorough: {
    type: "boolean",
    default: false,
    describe: "run every variant of every case, not just those in the covering arrays",
  },
  lastFailed: {
    type: "boolean",
    default: false,
    describe: "run only cases that failed or could not run in the newest result (that in --out, or below reports/out)",
    perCall: true,
  },
  watch: {
    type: "boolean",
    default: false,
    describe: "run the cases again at each restart of the target; without a choice of cases, those of --quick",
    perCall: true,
  },
  list: {
    type: "boolean",
    default: false,
    describe: "list the cases that would run without running them",
    perCall: true,
  },
  level: {
    type: "choice",
    choices: ["must", "should", "may"],
    default: "must",
    describe: "lowest level of rule whose violation fails the run; lower ones only warn",
  },
  profile: {
    type: "choice",
    choices: ["full", "upstream"],
    default: "full",
    describe: "full: every rule; upstream: only what CoffeeChat documents and implements",
  },
  capabilities: {
    type: "string",
    describe: `JSON file, or JSON such as '{"groups":false}': which groups of rules the target claims to follow, and its own limits`,
  },
} as const;
type CaseRows = Checked<typeof caseRows>;

/** What is about the suite as a whole: repeating one case of it leaves them out. */
export const suiteRows = {
  bail: { type: "boolean", default: false, describe: "end the run at the first case that fails" },
  skip: { type: "string", describe: "cases to leave out; same syntax as --only" },
  knownFailing: {
    type: "string",
    describe: "file of cases that are expected to fail or to be unable to run; the run fails if one of them passes",
  },
  knownFlaky: { type: "string", describe: "file of cases that may either pass or fail" },
  writeKnownFailing: {
    type: "string",
    describe: "write the cases that failed or could not run to a file for --known-failing",
    output: true,
    writes: "file",
  },
  allowIncomplete: {
    type: "boolean",
    default: false,
    describe: "do not fail the run over cases that could not run",
  },
  jobs: {
    type: "number",
    describe: "cases to run at a time; above 1, cases about timers run alongside them",
    otherwise: "8, and 1 with --profile upstream: CoffeeChat's own gate dies of many clients that come and go",
    limits: { integer: true, minimum: 1 },
  },
} as const;
export type SuiteRows = Checked<typeof suiteRows>;

/** The options of `cupping conformance`. */
export const conformanceOptions: CommandOptions<
  [
    TargetRows,
    TlsRows,
    FrontRows,
    SuiteTargetRows,
    ContainerRows,
    AccountRows,
    MutantRows,
    CaseRows,
    SuiteRows,
    TimerRows,
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
  suiteTargetRows,
  containerRows,
  accountRows,
  mutantRows,
  caseRows,
  suiteRows,
  timerRows,
  labelRows,
  seedRows,
  dryRunRows,
  outputRows,
  reportRows,
  jsonRows,
  verboseRows,
);

/** What the parser makes of them. */
export type ConformanceArguments = ArgumentsOf<typeof conformanceOptions.rows>;
