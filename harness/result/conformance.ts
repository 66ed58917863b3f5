import type { JsonValue, ResultBase } from "./common.ts";
import type { FaultRecord } from "./fault.ts";

/** The result of a conformance run. */
export interface ConformanceResult extends ResultBase {
  kind: "conformance";
  /** Version of the rule set that the cases belong to. */
  ruleSet: string;
  /** The sections of the rules that the cases belong to, in the rules' order. */
  sections?: RuleSection[];
  /** What the run asked of the target. */
  suite?: {
    profile?: "full" | "upstream";
    /** Failures of this level and above fail the run. */
    level?: RuleLevel;
    /** Groups of rules that the target claims. */
    capabilities?: string[];
    /** Patterns given by --only and --skip. */
    only?: string[];
    skip?: string[];
    /** Factor by which deadlines were stretched for a slow target. */
    timeoutScale?: number;
    jobs?: number;
    /** Cases that could not run do not spoil the verdict. */
    allowIncomplete?: boolean;
  };
  summary: ConformanceSummary;
  /** Of a run of `cupping faults`: the faults in the order of the run. Files from before it was written lack it. */
  faults?: FaultRecord[];
  cases: CaseResult[];
}

/** A section of the rules. */
export interface RuleSection {
  /** What the ids of its rules begin with, e.g. `MSG`. */
  id: string;
  /** What its rules are about, e.g. `Sending messages`. */
  title: string;
  /** The same in Chinese. Files from before it was written lack it. */
  chineseTitle?: string;
}

/** How binding a rule is, in the words of RFC 2119. */
export type RuleLevel = "must" | "should" | "may";

/**
 * - `passed`: the rule was seen to hold.
 * - `failed`: a rule of the level that counts was broken.
 * - `warned`: a rule below that level was broken.
 * - `notApplicable`: the target does not claim the rule.
 * - `couldNotRun`: a prerequisite was missing, so nothing is known; the run is incomplete unless the case is `listed`.
 * - `interrupted`: the run was ended before the case had come to a result, or had begun.
 * - `errored`: the case itself broke (a fault of the suite, not of the target).
 * - `knownFailing`: failed, as the list of known failures says.
 * - `flaky`: failed, and the list of flaky cases names it.
 */
export type CaseStatus =
  | "passed"
  | "failed"
  | "warned"
  | "notApplicable"
  | "couldNotRun"
  | "interrupted"
  | "errored"
  | "knownFailing"
  | "flaky";

/** How many cases ended in each status; the statuses add up to `total`. */
export type ConformanceSummary = { total: number } & Record<CaseStatus, number>;

/** One case: what a rule asks, what was done, what came. */
export interface CaseResult {
  /** Unique within the suite. */
  id: string;
  /** The rule it checks, e.g. `MSG-07`. */
  rule: string;
  /** For a variant of a case: its value on each axis, e.g. `{"kind":"group","transport":"ws"}`. */
  axes?: { [axis: string]: string };
  title: string;
  level: RuleLevel;
  status: CaseStatus;
  durationMs: number;
  /** One or two sentences: why it has this status. Absent for a plain pass. */
  reason?: string;
  /** Of a case that could not run: what the target left undone, in the same words for all cases that it hinders. */
  lack?: string;
  /** It could not run, and the list of known failures names it: the run is complete without it. */
  listed?: true;
  /** What the rule allows, in words. */
  expected?: string;
  /** What came, in words. */
  actual?: string;
  /** The command line that repeats this case alone. */
  repeat?: string;
  /** The frames and connection events of the case, oldest first. */
  trace: TraceEntry[];

  /** The section of the rules, e.g. `MSG`. Default: the rule id up to its number. */
  section?: string;
  /** The sentence of the specification. */
  ruleText?: string;
  /** The capability that the rule belongs to, when it is not part of the core. */
  capability?: string;
  /** Every outcome that the rule allows, when there is more than one. */
  legalOutcomes?: string[];
  /** What is worth knowing although it decides nothing, e.g. a legal but unusual choice of the server. */
  remarks?: string[];
  /** What the case did, in words, in order. */
  steps?: string[];
  connections?: ConnectionTrace[];
  /** How often it was tried and how often it failed, e.g. 5 of 5, or 3 of 5 for a race. */
  attempts?: { runs: number; failures: number };
  /** File that `cupping replay` plays back, relative to the result. */
  capsule?: string;
  /** Time at which the case began, milliseconds since the run's start. */
  startedAtMs?: number;
}

/** One connection of a case. The local port finds it in the server's own log. */
export interface ConnectionTrace {
  /** Name used in the trace, e.g. `alice` or `alice/phone`. */
  name: string;
  transport?: "tcp" | "tls" | "ws" | "wss";
  localPort?: number;
  /** Wall-clock time at which it was opened, ISO 8601 UTC. */
  openedAt?: string;
  /** The user logged in on it. */
  userId?: string;
  userName?: string;
  /** How it ended: `closed by target`, `reset`, `closed by the case` … */
  end?: string;
}

/** One entry of a trace, told apart by its fields. */
export type TraceEntry = FrameTrace | EventTrace;

/** One frame on the wire. */
export interface FrameTrace {
  /** Milliseconds since the case began. */
  at: number;
  /** Name of the connection. */
  connection: string;
  /** As seen by the client. */
  direction: "sent" | "received";
  /** Command name without prefix, e.g. `MSG_DATA`, or its hexadecimal id when unknown. */
  command: string;
  seq: number;
  /** Whole frame in bytes, header included. */
  length: number;
  /** The frame in hexadecimal, header included; only its beginning when `truncated`. */
  hex: string;
  truncated?: boolean;
  /** The decoded body, or null when it could not be decoded. */
  message: JsonValue;
  /** Why the frame could not be decoded. */
  error?: string;
  /**
   * Where bytes of the frame are not shown, since they would log somebody in or name an account: `[first, behind the
   * last]`. Each of them stands as `*` (2a), so that lengths stay true.
   */
  hidden?: [number, number][];
  /** The case sent a deliberately wrong frame. */
  deliberate?: boolean;
  /** The frame in which the failure shows. Reports mark it. */
  highlight?: boolean;
}

/** Something that happened to a connection, or a remark of the case between two frames. */
export interface EventTrace {
  /** Milliseconds since the case began. */
  at: number;
  /** Name of the connection; empty for a remark about the case as a whole. */
  connection: string;
  direction: "event";
  event: "opened" | "closed" | "reset" | "note";
  /** One short sentence, e.g. `closed by target`. */
  text: string;
  highlight?: boolean;
}
