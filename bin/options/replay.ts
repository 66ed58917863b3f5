import { type AccountRows, accountRows } from "./accounts.ts";
import { type SuiteTargetRows, suiteTargetRows } from "./conformance.ts";
import { type JsonRows, jsonRows } from "./output.ts";
import { type MutantRows, mutantRows } from "./reference-server.ts";
import { type ArgumentsOf, type Checked, type CommandOptions, together } from "./row.ts";
import { type TargetRows, targetRows } from "./target.ts";

const ownRows = {
  frames: {
    type: "boolean",
    default: false,
    describe: "send the recorded frames again, byte for byte except for ids, and report what differs",
  },
  times: { type: "number", default: 5, describe: "how many times to play it, to tell a fault from a race" },
} as const;
type OwnRows = Checked<typeof ownRows>;

/** The options of `cupping replay`: those of the suite that say what to play against, and its own. */
export const replayOptions: CommandOptions<[TargetRows, SuiteTargetRows, AccountRows, MutantRows, OwnRows, JsonRows]> =
  together(targetRows, suiteTargetRows, accountRows, mutantRows, ownRows, jsonRows);

/** What the parser makes of them. */
export type ReplayArguments = ArgumentsOf<typeof replayOptions.rows> & { capsule: string };
