import { type AccountRows, accountRows } from "./accounts.ts";
import { type ContainerRows, containerRows } from "./container.ts";
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
import { type LabelRows, labelRows, type SeedRows, seedRows } from "./run.ts";
import { type TargetRows, targetRows } from "./target.ts";
import { type TimerRows, timerRows } from "./timers.ts";

/** What the suite needs of a target beside its address and accounts. */
export const suiteTargetRows = {
  websocket: { type: "string", describe: "ws://HOST:PORT of the same server, when --target is its TCP address" },
  tokenUsers: { type: "string", describe: "users.csv of accounts with a token, beside those that are registered" },
} as const;
export type SuiteTargetRows = Checked<typeof suiteTargetRows>;

/** Which rules are checked, and which of them count. */
const caseRows = {
  only: { type: "string", describe: "cases to run: rules or ids with *, commas between, e.g. 'MSG-*,LOGIN-02'" },
  thorough: {
    type: "boolean",
    default: false,
    describe: "every variant of every case, and not only those of the covering arrays",
  },
  list: { type: "boolean", default: false, describe: "lists the cases that would run, and runs none", perCall: true },
  level: {
    type: "choice",
    choices: ["must", "should", "may"],
    default: "must",
    describe: "broken rules of this level and above fail, lower ones warn",
  },
  profile: {
    type: "choice",
    choices: ["full", "upstream"],
    default: "full",
    describe: "everything, or only what CoffeeChat documents and implements",
  },
  capabilities: { type: "string", describe: "JSON file of groups of rules that the target claims or not" },
} as const;
type CaseRows = Checked<typeof caseRows>;

/** What is about the suite as a whole: repeating one case of it leaves them out. */
export const suiteRows = {
  skip: { type: "string", describe: "cases to leave out, in the form of --only" },
  knownFailing: { type: "string", describe: "file of cases that may fail; one of them that passes fails the run" },
  knownFlaky: { type: "string", describe: "file of cases that may fail or pass" },
  writeKnownFailing: {
    type: "string",
    describe: "writes the cases that failed into a file for --known-failing",
    output: true,
  },
  allowIncomplete: {
    type: "boolean",
    default: false,
    describe: "cases that could not run do not spoil the verdict",
  },
  jobs: {
    type: "number",
    default: 8,
    describe: "cases at a time; those about timers run beside them",
    limits: { integer: true, minimum: 1 },
  },
} as const;
export type SuiteRows = Checked<typeof suiteRows>;

/** The options of `cupping conformance`. */
export const conformanceOptions: CommandOptions<
  [
    TargetRows,
    SuiteTargetRows,
    ContainerRows,
    AccountRows,
    MutantRows,
    CaseRows,
    SuiteRows,
    TimerRows,
    LabelRows,
    SeedRows,
    OutputRows,
    ReportRows,
    JsonRows,
    VerboseRows,
  ]
> = together(
  targetRows,
  suiteTargetRows,
  containerRows,
  accountRows,
  mutantRows,
  caseRows,
  suiteRows,
  timerRows,
  labelRows,
  seedRows,
  outputRows,
  reportRows,
  jsonRows,
  verboseRows,
);

/** What the parser makes of them. */
export type ConformanceArguments = ArgumentsOf<typeof conformanceOptions.rows>;
