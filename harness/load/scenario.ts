import type { Conversation } from "../check/index.ts";
import type { NumberLimits } from "../number-limits.ts";
import type { ConversationLayer, OptionValues } from "./plan.ts";
import type { VirtualUser } from "./virtual-user.ts";

/** An option of a scenario's own; it appears in `cupping load SCENARIO --help`. */
export interface ScenarioOption {
  type: "number" | "string" | "boolean";
  default: number | string | boolean;
  /** What it means, with its unit. */
  describe: string;
  /** What a number must be; another one is refused before the run. */
  limits?: NumberLimits;
}

/** The load that a scenario is asked for. */
export interface AskedLoad {
  readonly options: OptionValues;
  readonly clients: number;
  /** Highest rate of arrivals per second; 0 in the closed model. */
  readonly rate: number;
}

/** How much load a scenario makes when the user says nothing. Durations as text, e.g. `30s`. */
export interface ScenarioDefaults {
  clients?: number;
  /** Arrivals per second; given, the scenario runs in the open model unless `--closed` is given. */
  rate?: number;
  /** Mean think time of the closed model. */
  think?: string;
  ramp?: string;
  warmup?: string;
  duration?: string;
  payload?: string;
  thresholds?: string[];
}

/** What a worker offers beside its users. */
export interface Stage {
  readonly options: OptionValues;
  /** Users of this worker. */
  readonly users: readonly VirtualUser[];
  /** Intended time that this worker's traffic begins and ends, on the clock of `nowMicros`. */
  readonly startMicros: number;
  readonly endMicros: number;
  /** Uniform in [0, 1), from the run's seed. */
  random(): number;
  /** Waits for so many milliseconds, without a timer of the system for each wait. */
  sleep(user: VirtualUser, millis: number): Promise<void>;
  /**
   * Notes an arrival for which no user was free: the options ask for more at a time than there are users. That makes the
   * run invalid, and is not held against the target.
   */
  noUserFree(at: number): void;
  /** Records a metric of the scenario's own. @param micros how long it took, from `at` */
  record(metric: string, micros: number, at: number): void;
  /**
   * Waits until everything sent is acknowledged and delivered, for so many milliseconds at most.
   * @returns false when the time was up, or the run ended, before
   */
  quiet(millis: number): Promise<boolean>;
  /** The other one of a pair. */
  partner(user: VirtualUser, conversation: Conversation): VirtualUser;
  /** Waits for a conversation to be free and takes it for one actor alone. @returns gives it back */
  claim(conversation: Conversation): Promise<() => void>;
  /** Resolves when everything sent in the conversation is acknowledged and delivered. */
  received(conversation: Conversation): Promise<void>;
  /** Asks for the user's session list. @returns the unread count that it has for the conversation; undefined without an answer */
  unreadCount(user: VirtualUser, conversation: Conversation): Promise<number | undefined>;
  /** Asks for the user's session list; what it says about the conversation must be exactly `expected`. */
  checkUnread(user: VirtualUser, conversation: Conversation, expected: number): Promise<void>;
}

/**
 * A load scenario: what one arrival does. Everything else (connecting, logging in, heartbeats, confirming deliveries,
 * checking, measuring, draining, the audit) is done for it.
 */
export interface Scenario {
  name: string;
  /** One line for lists. */
  title: string;
  /** What it shows and how to read its figures; a paragraph for `--help`. */
  description?: string;
  defaults?: ScenarioDefaults;
  /** The model when the user says neither `--rate`, `--stages` nor `--closed`. Default: open. */
  model?: "open" | "closed";
  options?: Readonly<Record<string, ScenarioOption>>;
  /** Metrics of its own, by name, with what they measure. */
  metrics?: Readonly<Record<string, string>>;
  /**
   * Looks at what was asked for before anything is started.
   * @returns one sentence when that cannot work: which option, and what would; the command then ends with exit code 2
   */
  refuse?(asked: AskedLoad): string | undefined;
  /** Default: no conversations. */
  conversations?(options: OptionValues): ConversationLayer[];
  /** Users do not log in before the traffic; the scenario does that. */
  startsOffline?: boolean;
  /** Runs once per user after the ramp, before the traffic, e.g. to fill a history. */
  prepare?(user: VirtualUser, stage: Stage): Promise<void>;
  /** Runs once per worker while the traffic flows, for what happens at a set time. */
  during?(stage: Stage): Promise<void>;
  /**
   * What a user does at one arrival (open model), or between two thinking times (closed model).
   * @param at intended time in microseconds; latencies count from here
   * @returns in the closed model the user thinks again once this is over
   */
  act?(user: VirtualUser, at: number, stage: Stage): unknown;
}

/** Types a scenario. A file of your own exports what this returns as its default export. */
export function defineScenario(scenario: Scenario): Scenario {
  return scenario;
}
