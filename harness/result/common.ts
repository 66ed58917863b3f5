/** The version of the result format that this program writes. Older versions are upgraded while reading. */
export const RESULT_SCHEMA_VERSION = 1;

/** Anything that JSON can hold. Numbers above 2^53 (message and user ids) are written as decimal strings. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/**
 * The outcome of a run: `pass` or `fail` is a statement about the target; `invalid` says that nothing may be
 * concluded about it (the generator was the limit, too few samples, cases that could not run).
 */
export type Verdict = "pass" | "fail" | "invalid";

/** What every result says about itself, whatever was run. */
export interface ResultBase {
  schemaVersion: typeof RESULT_SCHEMA_VERSION;
  tool: { name: string; version: string };
  run: Run;
  target: Target;
  environment: Environment;
  verdict: Verdict;
  /** Why the verdict is what it is, the most important reason first, one sentence each. Empty for a plain pass. */
  reasons: string[];
}

/** One execution of the tool. */
export interface Run {
  /** Unique per run, also found in the accounts and messages that the run made. */
  id: string;
  /** The same seed gives the same users, payloads and schedule. */
  seed: number;
  /** ISO 8601, UTC. */
  startedAt: string;
  durationMs: number;
  /** The command line that repeats this run, without secrets. */
  command: string;
  /** True when the run was interrupted: figures cover what happened until then. */
  partial: boolean;
  /** A name given by the user, such as the version of the server under test. */
  label?: string;
}

/** The server under test. */
export interface Target {
  /** Where the clients connected, e.g. `tcp://127.0.0.1:8000`. */
  url: string;
  transport: "tcp" | "tls" | "ws" | "wss";
  /** IP addresses that clients of a load connected to, where the target was given by a name. */
  addresses?: string[];
  /** `unchecked`: clients took any certificate over TLS (`--insecure`), so nobody knows who answered. */
  certificate?: "unchecked";
  /** The HTTP API, when it has one. */
  http?: string;
  /** `external`: was running already; `ref`: our reference server as a child process; `container`: a container stack. */
  startedBy: "external" | "ref" | "container";
  /** What the target calls itself. Reports use it as the name of the implementation. */
  name?: string;
  version?: string;
  /** Store, durability grade, mutants … : whatever tells two set-ups of the same server apart. */
  settings?: Record<string, JsonValue>;
  /** What the target's processes had used at the end, where the run started them. A load's series tells it over time. */
  usage?: { cpuSeconds: number; rssBytes: number; rssPeakBytes: number };
  /** The last lines that the target logged, oldest first. */
  logTail?: string[];
}

/** The machine that ran the harness. Two results are comparable only when these are alike. */
export interface Environment {
  node: string;
  /** Name and release, e.g. `linux 6.1.0`. */
  os: string;
  arch?: string;
  cpus: number;
  cpuModel?: string;
  memoryBytes: number;
  /** The CI service, when one ran it. */
  ci?: string;
}
