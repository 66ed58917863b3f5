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
import { type ArgumentsOf, type CommandOptions, together } from "./row.ts";
import { type LabelRows, labelRows } from "./run.ts";

/** The options of `cupping merge`. */
export const mergeOptions: CommandOptions<[LabelRows, OutputRows, ReportRows, JsonRows, VerboseRows]> = together(
  labelRows,
  outputRows,
  reportRows,
  jsonRows,
  verboseRows,
);

/** What the parser makes of them. */
export type MergeArguments = ArgumentsOf<typeof mergeOptions.rows> & { slices: string[] };
