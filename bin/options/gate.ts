import { type AllowRows, allowRows } from "./comparison.ts";
import { type ConfigRows, configRows } from "./config.ts";
import { type JsonRows, jsonRows, type OutputRows, outputRows, type ReportRows, reportRows } from "./output.ts";
import { type ArgumentsOf, type Checked, type CommandOptions, type Row, together } from "./row.ts";
import { type DryRunRows, dryRunRows, type LabelRows, labelRows, type SeedRows, seedRows } from "./run.ts";
import { type TargetRows, targetRows } from "./target.ts";

/** An option that, given to the gate, wins over what the configuration says; it has no default. */
type Override<R> = Omit<R, "default" | "always"> & { readonly perCall: true };

function override<R extends Row>(row: R): Override<R> {
  const { default: _default, always: _always, ...rest } = row;
  return { ...rest, perCall: true } as Override<R>;
}

/** What wins for everything that the gate runs. */
export const overrideRows: {
  readonly [K in "target" | "http" | "label" | "seed"]: Override<(TargetRows & LabelRows & SeedRows)[K]>;
} = {
  target: override(targetRows.target),
  http: override(targetRows.http),
  label: override(labelRows.label),
  seed: override(seedRows.seed),
};
type OverrideRows = Checked<typeof overrideRows>;

/** The gate's own reports. */
const ownReportRows: { readonly report: Override<ReportRows["report"]> } = { report: override(reportRows.report) };
type OwnReportRows = Checked<typeof ownReportRows>;

export const gateRows = {
  only: { type: "string", describe: "which of the configured runs to do, e.g. conformance,chat" },
  baseline: {
    type: "string",
    describe: "folder of the baseline results to compare with; cupping gate --update-baseline fills it",
    perCall: true,
    writes: "folder",
    writesWith: "updateBaseline",
  },
  updateBaseline: {
    type: "boolean",
    default: false,
    describe: "store these results as the new baseline instead of comparing",
    perCall: true,
  },
  repeatInvalid: {
    type: "number",
    default: 0,
    describe: "how many times to repeat a run whose measurement is not valid",
    limits: { integer: true, minimum: 0 },
  },
} as const;
export type GateRows = Checked<typeof gateRows>;

/** The options of `cupping gate`. */
export const gateOptions: CommandOptions<
  [ConfigRows, OverrideRows, GateRows, DryRunRows, AllowRows, OutputRows, OwnReportRows, JsonRows]
> = together(configRows, overrideRows, gateRows, dryRunRows, allowRows, outputRows, ownReportRows, jsonRows);

/** What the parser makes of them. */
export type GateArguments = ArgumentsOf<typeof gateOptions.rows>;
