import { type AccountRows, accountRows } from "./accounts.ts";
import { type SuiteTargetRows, suiteTargetRows } from "./conformance.ts";
import { type FrontRows, frontRows } from "./front.ts";
import { type JsonRows, jsonRows } from "./output.ts";
import { type MutantRows, mutantRows } from "./reference-server.ts";
import { type ArgumentsOf, type Checked, type CommandOptions, together } from "./row.ts";
import { type TargetRows, targetRows } from "./target.ts";
import { type TlsRows, tlsRows } from "./tls.ts";

/** As elsewhere, but for the default. */
const targetRow = {
  target: {
    type: "string",
    describe: "tcp://, tls://, ws:// or wss://HOST:PORT, ref (starts the reference server) or container",
    otherwise: "the target that the capsule was recorded against, mutants included",
    top: true,
  },
} as const;
type TargetRow = Checked<typeof targetRow>;
type OtherTargetRows = Omit<TargetRows, "target">;
const { target: _, ...otherTargetRows } = targetRows;

const ownRows = {
  frames: {
    type: "boolean",
    default: false,
    describe: "send the recorded frames again, byte for byte except for ids, and report what differs",
  },
  times: {
    type: "number",
    default: 5,
    describe: "how many times to play it, to tell a fault from a race",
    limits: { integer: true, minimum: 1 },
  },
} as const;
type OwnRows = Checked<typeof ownRows>;

/** The options of `cupping replay`: those of the suite that say what to play against, and its own. */
export const replayOptions: CommandOptions<
  [TargetRow, OtherTargetRows, TlsRows, FrontRows, SuiteTargetRows, AccountRows, MutantRows, OwnRows, JsonRows]
> = together(
  targetRow,
  otherTargetRows,
  tlsRows,
  frontRows,
  suiteTargetRows,
  accountRows,
  mutantRows,
  ownRows,
  jsonRows,
);

/** What the parser makes of them. */
export type ReplayArguments = ArgumentsOf<typeof replayOptions.rows> & { capsule: string };
