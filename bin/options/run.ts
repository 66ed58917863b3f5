import type { Checked } from "./row.ts";

/** What makes a run the same again. */
export const seedRows = {
  seed: {
    type: "number",
    describe: "the same seed gives the same users, payloads and schedule",
    otherwise: "drawn, and recorded",
    limits: { integer: true, minimum: 0, maximum: 2_147_483_647 },
    top: true,
  },
} as const;
export type SeedRows = Checked<typeof seedRows>;

/** What every number format keeps. */
export const LARGEST_SEED: number = seedRows.seed.limits.maximum;

/** What a run is called. */
export const labelRows = {
  label: { type: "string", describe: "a name for the run, such as the version of the server under test", top: true },
} as const;
export type LabelRows = Checked<typeof labelRows>;

/** Whether anything is run at all. */
export const dryRunRows = {
  dryRun: {
    type: "boolean",
    default: false,
    describe: "check all options and end, without reaching for the target",
    output: true,
    perCall: true,
  },
} as const;
export type DryRunRows = Checked<typeof dryRunRows>;
