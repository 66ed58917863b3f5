import type { CommonOptions, ThresholdOption } from "./common-types.ts";
import type {
  CompareOptions,
  FaultOptions,
  GateOptions,
  K6Options,
  OutputOptions,
  ReportOptions,
  ServeOptions,
} from "./section-types.ts";

/** What `target: "container"` starts. */
export interface ContainerOptions {
  /** Image of the server. Default: built from this checkout. */
  image?: string;
  /** Compose file of your own stack, with `service`. */
  compose?: string;
  /** The service of `compose` to connect to. */
  service?: string;
}

/** Options of `cupping conformance`. */
export interface ConformanceOptions extends CommonOptions, ContainerOptions, OutputOptions {
  /** Address of the same server's WebSocket listener, when the target is its TCP address. */
  websocket?: string;
  /** File of accounts with a token, beside those that are registered. */
  tokenUsers?: string;
  /** Cases to run, by rule or id, with `*` and commas, e.g. `MSG-*,LOGIN-02`. */
  only?: string;
  /** Cases to leave out, in the same form. */
  skip?: string;
  /** Broken rules of this level and above fail the run. Default `must`. */
  level?: "must" | "should" | "may";
  /** Everything, or only what CoffeeChat documents and implements. Default `full`. */
  profile?: "full" | "upstream";
  /** File of groups of rules that the target claims or not. */
  capabilities?: string;
  /** File of cases that may fail; one of them that passes fails the run. */
  knownFailing?: string;
  /** File of cases that may fail or pass. */
  knownFlaky?: string;
  /** Cases that could not run do not spoil the verdict. */
  allowIncomplete?: boolean;
  /** Cases at a time. */
  jobs?: number;
  /** Stretches the suite's deadlines, for slow targets. */
  timeoutScale?: number;
  /** The target's own timers, e.g. `login=15s,heartbeat=60s,ack=15s`. */
  timers?: string;
  /** Mutants for the reference server. */
  mutant?: string[];
  /** Writes the cases that failed into a file for `knownFailing`. */
  writeKnownFailing?: string;
  /** Each case as it ends; frames of passed cases are kept, too. */
  verbose?: boolean;
}

/** Options of `cupping load`. A scenario's own options stand beside them, under their own names. */
export interface LoadOptions extends CommonOptions, ContainerOptions {
  /** Where the target's metrics are, for its CPU and event loop delay. Default: `/metrics` of its HTTP API. */
  metrics?: string;
  /** Simulated users that are logged in at the same time. */
  clients?: number;
  /** Arrivals per second, whatever the target does. */
  rate?: number | string;
  /** Each user waits for its answer and thinks before it acts again. */
  closed?: boolean;
  /** Mean thinking time of the closed model, e.g. `5s`. */
  think?: string;
  arrivals?: "poisson" | "uniform";
  /** Time over which clients connect and log in, e.g. `30s`. */
  ramp?: string;
  /** Traffic before the measured time. */
  warmup?: string;
  /** Measured time. */
  duration?: string;
  /** Changing rate instead of `rate` and `duration`, e.g. `30s:1000,2m:5000`. */
  stages?: string;
  drain?: string;
  workers?: number | string;
  /** Size of a message's content: a preset's name or bytes. */
  payload?: number | string;
  heartbeat?: string;
  transport?: "tcp" | "ws";
  /** Compare history, session lists and unread counts at the end. Default true. */
  audit?: boolean;
  maxRate?: number;
  /** Arguments for the reference server, e.g. `["--mutant=x"]`. */
  serveArg?: string[];
  /** Limits by metric, as in k6: `{ msg_e2e: ["p(99)<200", "p(50)<20"] }`. */
  thresholds?: Record<string, ThresholdOption[]>;
  /** What the chosen scenario adds, e.g. `groupSize`. */
  [scenarioOption: string]: unknown;
}

/** Options of every load, and what only `cupping load` itself takes. */
export interface LoadSection extends LoadOptions, OutputOptions {
  /** A line for every second, and every example that was kept. */
  verbose?: boolean;
  /** Search for the most that still meets the thresholds. */
  findMax?: "clients" | "rate";
}

/** One load of the gate, which itself says where results go. */
export interface GateLoad extends LoadOptions {
  /** A built-in scenario, or a file of your own. */
  scenario: string;
  /** How often it is run. From 3 times on a comparison knows the drift from run to run. Default 1. */
  repeat?: number;
  /** How much worse than the baseline is tolerated: `10%`, or by figure `["msg_e2e.p99=10%", "msg_ack.p50=2ms"]`. */
  tolerance?: string | string[];
}

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
