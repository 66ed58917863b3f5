import { type AllowRows, allowRows, type ToleranceRows, toleranceRows } from "./comparison.ts";
import { type JsonRows, jsonRows, type OutputRows, outputRows } from "./output.ts";
import { type ArgumentsOf, type Checked, type CommandOptions, together } from "./row.ts";

const ownRows = {
  report: {
    type: "string",
    default: "html",
    describe: "report formats, comma-separated: html, markdown, github",
    inFile: "one-or-more",
  },
  seed: {
    type: "number",
    default: 1,
    describe: "seed for the resampling",
    limits: { integer: true, minimum: 0, maximum: 2_147_483_647 },
  },
} as const;
type OwnRows = Checked<typeof ownRows>;

/** The options of `cupping compare`. */
export const compareOptions: CommandOptions<[ToleranceRows, AllowRows, OwnRows, OutputRows, JsonRows]> = together(
  toleranceRows,
  allowRows,
  ownRows,
  outputRows,
  jsonRows,
);

/** What the parser makes of them. */
export type CompareArguments = ArgumentsOf<typeof compareOptions.rows> & { base: string; new: string[] };
