import type { accountRows } from "../options/accounts.ts";
import type { compareOptions } from "../options/compare.ts";
import type { conformanceOptions } from "../options/conformance.ts";
import type { faultOptions } from "../options/faults.ts";
import type { frontRows } from "../options/front.ts";
import type { gateOptions } from "../options/gate.ts";
import type { InFile, ThresholdOption, TopOf } from "../options/in-file.ts";
import type { k6Options } from "../options/k6.ts";
import type { loadOptions } from "../options/load.ts";
import type { JsonRows, OutputRows, ReportRows } from "../options/output.ts";
import type { reportOptions } from "../options/report.ts";
import type { labelRows, seedRows } from "../options/run.ts";
import type { serveOptions } from "../options/serve.ts";
import type { targetRows } from "../options/target.ts";
import type { tlsRows } from "../options/tls.ts";

// Every option is a row in `bin/options`; what it means stands there, and in the schema for editors.

export type { ThresholdOption };

/** Options that several commands take, under their names on the command line in camel case. */
export interface CommonOptions
  extends InFile<
    TopOf<
      typeof targetRows & typeof tlsRows & typeof frontRows & typeof accountRows & typeof labelRows & typeof seedRows
    >
  > {}

/** Where every command leaves what it found, and how much it says meanwhile. */
export interface OutputOptions extends InFile<OutputRows & ReportRows & JsonRows> {}

/** Options of `cupping conformance`. */
export interface ConformanceOptions extends InFile<typeof conformanceOptions.rows> {}

/** What the chosen scenario adds, e.g. `groupSize`. */
interface ScenarioOptions {
  [scenarioOption: string]: unknown;
}

type LoadRows = typeof loadOptions.rows;

/** Options of `cupping load`. A scenario's own options stand beside them, under their own names. */
export interface LoadOptions
  extends InFile<{ [K in keyof LoadRows as LoadRows[K] extends { ofGate: true } ? never : K]: LoadRows[K] }>,
    ScenarioOptions {}

/** Options of every load, and what only `cupping load` itself takes. */
export interface LoadSection extends InFile<LoadRows>, ScenarioOptions {}

/** One load of the gate, which itself says where results go. */
export interface GateLoad extends LoadOptions {
  /** A built-in scenario, or a file of your own. */
  scenario: string;
  /** How often it is run. From 3 times on a comparison knows the drift from run to run. Default 1. */
  repeat?: number;
  /** How much worse than the baseline is tolerated: `10%`, or by figure `["msg_e2e.p99=10%", "msg_ack.p50=2ms"]`. */
  tolerance?: string | string[];
}

/** Options of `cupping gate` itself. */
export interface GateOptions extends InFile<typeof gateOptions.rows> {}

/** Options of `cupping report`. */
export interface ReportOptions extends InFile<typeof reportOptions.rows> {}

/** Options of `cupping compare`. */
export interface CompareOptions extends InFile<typeof compareOptions.rows> {}

/** Options of `cupping k6`. */
export interface K6Options extends InFile<typeof k6Options.rows> {}

/** Options of `cupping faults`. */
export interface FaultOptions extends InFile<typeof faultOptions.rows> {}

/** Options of `cupping serve`. */
export interface ServeOptions extends InFile<typeof serveOptions.rows> {}

/** What stands in `cupping.config.ts`, `.js` or `.json`. Options on the command line win. */
export interface CuppingConfig extends CommonOptions {
  /** For editors. */
  $schema?: string;
  /** Options of `cupping conformance`; `cupping gate` runs it unless this is false. */
  conformance?: ConformanceOptions | boolean;
  /** Options of every load. */
  load?: LoadSection;
  /** The loads that `cupping gate` runs, by a name of your choice, in this order. */
  loads?: Record<string, GateLoad>;
  /** Folder with the results that runs are compared with; `cupping gate --update-baseline` fills it. */
  baseline?: string;
  /** How much worse than the baseline is tolerated, for all loads. */
  tolerance?: string | string[];
  /** Report formats, e.g. `["html", "junit"]`, or these and the other options of `cupping report`. */
  report?: string | string[] | ReportOptions;
  /** Options of `cupping gate` itself. */
  gate?: GateOptions;
  /** Options of `cupping compare`. */
  compare?: CompareOptions;
  /** Options of `cupping k6`. */
  k6?: K6Options;
  /** Options of `cupping faults`. */
  faults?: FaultOptions;
  /** Options of `cupping serve`. */
  serve?: ServeOptions;
}

/** Gives a configuration its type in TypeScript and JavaScript. Returns it as it is. */
export function defineConfig(config: CuppingConfig): CuppingConfig {
  return config;
}
