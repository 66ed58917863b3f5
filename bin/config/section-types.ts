import type { CommonOptions, ThresholdOption } from "./common-types.ts";

/** Where every command leaves what it found, and how much it says meanwhile. */
export interface OutputOptions {
  /** Folder for the results. */
  out?: string;
  /** Report formats: `html`, `junit`, `markdown`, `github`, `prometheus`, `csv`. */
  report?: string | string[];
  /** The result on standard output, and nothing else there. */
  json?: boolean;
  /** No progress, only the verdict. */
  quiet?: boolean;
}

/** Options of `cupping gate` itself. */
export interface GateOptions extends Omit<OutputOptions, "report"> {
  /** What to run of the configuration, e.g. conformance,chat. */
  only?: string;
  /** How often a run is repeated whose measurement is not valid. */
  repeatInvalid?: number;
  /** Compares with the baseline although the machine or the options differ. */
  allow?: ("machine" | "options")[];
}

/** Options of `cupping report`. */
export interface ReportOptions extends OutputOptions {
  /** Conformance results as one page: rules by implementations. */
  matrix?: boolean;
  /** Results of several k6 instances of one run (pods): one result of all, written to --out. */
  merge?: boolean;
  /** Folder to search for results; makes a page with the trend of their figures. */
  history?: string;
  /** Figures for --history, e.g. msg_e2e.p99,msg_e2e.rate,summary.failed. */
  figures?: string;
  /** Sends the figures to a Prometheus push gateway, e.g. http://host:9091. */
  pushGateway?: string;
  /** Job name at the push gateway. */
  job?: string;
  /** Sends the figures to an OpenTelemetry collector, e.g. http://host:4318. */
  otlp?: string;
}

/** Options of `cupping compare`. */
export interface CompareOptions extends OutputOptions {
  /** How much worse than the baseline is tolerated: 10%, or by figure msg_e2e.p99=10%, msg_ack.p50=2ms. */
  tolerance?: string | string[];
  /** Compares although the machine or the options differ. */
  allow?: ("machine" | "options")[];
  /** Seed of the resampling. */
  seed?: number;
}

/** Options of `cupping k6`. */
export interface K6Options extends CommonOptions, OutputOptions {
  /** Virtual users of k6; each stands for as many users as the scenario says. */
  vus?: number;
  /** Messages or iterations per second, all virtual users together. */
  rate?: number;
  /** Measured time. */
  duration?: string;
  /** Time over which users of long sessions come up. */
  ramp?: string;
  /** Longest wait for what is on its way at the end. */
  drain?: string;
  /** Bytes of a message's content. */
  payload?: number;
  /** Limits by metric, as in k6: { "msg_e2e": ["p(99)<200", "p(50)<20"] }. */
  thresholds?: Record<string, ThresholdOption[]>;
  /** The k6 program [default: k6 on the PATH, or in Go's folder]. */
  k6?: string;
  /** Argument for k6 run, e.g. --k6-arg=--http-debug. */
  k6Arg?: string[];
  /** Have k6 export every sample, for histograms and a course over time. */
  samples?: boolean;
  /** Leave the samples beside the result. */
  keepSamples?: boolean;
  /** Argument for the reference server, e.g. --serve-arg=--mutant=x. */
  serveArg?: string[];
}

/** Options of `cupping faults`. */
export interface FaultOptions extends Omit<CommonOptions, "label">, OutputOptions {
  /** For --target container: image of the server; default: built from this checkout. */
  image?: string;
  /** For --target container: compose file of your own stack, with --service. */
  compose?: string;
  /** The service of --compose to connect to. */
  service?: string;
  /** Services of --compose to kill and pause, e.g. 'postgres,redis'. */
  disturb?: string;
  /** Faults to inflict, with * and commas, e.g. 'server-*,partition'. */
  only?: string;
  /** Pairs of users who write to each other meanwhile. */
  pairs?: number;
  /** Messages per second of one user. */
  rate?: number;
  /** Longest time until all is well again after a fault. */
  recovery?: string;
  /** Breaks a rule of --target ref; repeatable. */
  mutant?: string[];
}

/** Options of `cupping serve`. */
export interface ServeOptions {
  /** Address to listen on; 0.0.0.0 or :: for every one. */
  host?: string;
  /** TCP port; 0 takes any free one. */
  tcp?: number;
  /** WebSocket port; 0 takes any free one. */
  ws?: number;
  /** Port of the HTTP API; 0 takes any free one. */
  http?: number;
  /** Where everything is kept: memory:, sqlite:FILE or postgres://…. */
  store?: string;
  /** Redis://… that ties several servers with one PostgreSQL store together. */
  bus?: string;
  /** What an acknowledged message survives: a killed process, or also a power cut (fsync first). */
  durability?: "process" | "power";
  /** Closes connections that have not logged in. */
  loginTimeout?: string;
  /** Closes connections that have gone silent. */
  heartbeatTimeout?: string;
  /** Forgets pushes that nobody confirmed. */
  ackTimeout?: string;
  /** Ends calls that nobody answers. */
  callAnswerTimeout?: string;
  /** Ends answered calls without a sign of life. */
  callHeartbeatTimeout?: string;
  /** At the end, cuts the connections that are left when none has gone for so long. */
  drainTimeout?: string;
  /** Largest packet taken, in bytes. */
  maxFrame?: number;
  /** Processes that hold the clients' sockets and share the ports; for more than 20,000 connections (Linux). */
  processes?: number;
  /** More connections are closed at once; default: no limit. */
  maxConnections?: number;
  /** Bytes that may wait for a slow reader before it is disconnected. */
  maxOutgoing?: number;
  /** Requests per second of one connection; 0: no limit. */
  requestRate?: number;
  /** Accounts that the HTTP API makes; 0: no limit. */
  registrationsPerHour?: number;
  /** Base-2 logarithm of the cost of password hashes, 1 to 20; 1 for load tests (default 14). */
  passwordCost?: number;
  /** CSV file of accounts: user_id,user_name,password,token. */
  usersFile?: string;
  /** Http://… of a service that answers for the robots. */
  robotWebhook?: string;
  /** How long robots think before they apologise; default 10s and 3s. */
  robotTimeout?: string;
  /** PEM file of the certificate; TCP and WebSocket then speak TLS. */
  tlsCert?: string;
  /** PEM file of the certificate's key. */
  tlsKey?: string;
  /** Breaks a rule on purpose; repeatable. */
  mutant?: string[];
}
