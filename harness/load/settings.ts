import { MIN_PAYLOAD_BYTES, type PayloadText } from "../check/index.ts";
import { descriptorLimit } from "../descriptors.ts";
import { CuppingError } from "../errors.ts";
import {
  parseDuration,
  parseRate,
  parseThreshold,
  requireKnownMetric,
  type Threshold,
  usableProcessors,
} from "../measure/index.ts";
import { type NumberLimits, requireWithin } from "../number-limits.ts";
import { type ArrivalSpacing, parseStages, type RateStage } from "./arrivals.ts";
import { layersOf, mostWorkers, requireFeasible, requireMemory } from "./feasibility.ts";
import { blockSize, type LoadPlan, type OptionValues } from "./plan.ts";
import type { Scenario } from "./scenario.ts";
import { type Slice, type UserRange, usersOfSlice } from "./slice.ts";

const ONE_OR_MORE: NumberLimits = { integer: true, minimum: 1 };

/** What the user asks for; what is left out comes from the scenario, then from {@link fallbacks}. */
export interface LoadSettings {
  clients?: number | undefined;
  /** `1000` or `1000/s`. */
  rate?: string | number | undefined;
  closed?: boolean | undefined;
  think?: string | undefined;
  ramp?: string | undefined;
  settle?: string | undefined;
  warmup?: string | undefined;
  duration?: string | undefined;
  stages?: string | undefined;
  drain?: string | undefined;
  workers?: string | number | undefined;
  payload?: string | number | undefined;
  payloadText?: string | undefined;
  spacing?: string | undefined;
  heartbeat?: string | undefined;
  thresholds?: string[] | undefined;
  maxRate?: number | undefined;
  audit?: boolean | undefined;
  /** Spread clients over all addresses of the target's name; default false. */
  spreadAddresses?: boolean | undefined;
  /** The scenario's own options. */
  options?: OptionValues | undefined;
}

/** Used where neither the user nor the scenario says anything. */
export const fallbacks = {
  clients: 100,
  rate: 50,
  think: "5s",
  warmup: "5s",
  duration: "30s",
  drain: "10s",
  settle: "5s",
  payload: "small",
  payloadText: "plain",
  spacing: "poisson",
  heartbeat: "30s",
  maxRate: 100_000,
} as const;

/** Content sizes by name: a short text, a message with a picture's description, the longest that all servers take (MSG-16). */
export const payloadPresets: Record<string, number> = { small: 100, medium: 700, large: 2048 };

/** Clients per second that the ramp brings up when the user says nothing. */
const DEFAULT_RAMP_CLIENTS_PER_SECOND = 500;
const LOGIN_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 10_000;
const MAX_PAYLOAD_BYTES = 65_000;
/** Descriptors that a worker needs beside its connections. */
const OWN_DESCRIPTORS = 200;
/** What one worker carries easily; more are used when there are cores for them. */
const CLIENTS_PER_WORKER = 10_000;
const RATE_PER_WORKER = 4_000;

/** The part of a plan that the settings decide. */
export type DecidedPlan = Omit<LoadPlan, "scenarioUrl" | "seed" | "run" | "target" | "workers">;

/**
 * Decides what a run does.
 * @throws CuppingError `usage` naming the option that makes no sense
 */
export function decidePlan(scenario: Scenario, settings: LoadSettings): DecidedPlan {
  const defaults = scenario.defaults ?? {};
  const clients = requireWithin("--clients", settings.clients ?? defaults.clients ?? fallbacks.clients, ONE_OR_MORE);
  const model = decideModel(scenario, settings);
  const duration = (
    name: "ramp" | "settle" | "warmup" | "duration" | "think" | "drain" | "heartbeat",
    fallback: string,
  ): number =>
    parseDuration(settings[name] ?? (defaults as Record<string, string | undefined>)[name] ?? fallback, `--${name}`);
  const stages = decideStages(scenario, settings, model, duration("duration", fallbacks.duration));
  const maxRate = settings.maxRate ?? fallbacks.maxRate;
  const peak = Math.max(0, ...stages.flatMap((stage) => [stage.fromRate, stage.toRate]));
  if (peak > maxRate) {
    throw new CuppingError(
      "usage",
      `--rate ${peak}/s is above the ceiling of ${maxRate}/s; raise it with --max-rate if you mean it`,
    );
  }
  const durationMs = stages.reduce((sum, stage) => sum + stage.durationMs, 0);
  if (durationMs < 1000)
    throw new CuppingError("usage", "--duration must be at least 1s: anything shorter is too little to measure");
  return {
    options: decideOptions(scenario, settings.options ?? {}),
    clients,
    model,
    stages,
    spacing: decideSpacing(settings.spacing ?? fallbacks.spacing),
    thinkMs: duration("think", fallbacks.think),
    rampMs: duration("ramp", `${Math.max(1, Math.ceil(clients / DEFAULT_RAMP_CLIENTS_PER_SECOND))}s`),
    settleMs: duration("settle", fallbacks.settle),
    // Stages say themselves how to begin.
    warmupMs: settings.stages !== undefined && settings.warmup === undefined ? 0 : duration("warmup", fallbacks.warmup),
    durationMs,
    drainMs: duration("drain", fallbacks.drain),
    payloadBytes: decidePayload(settings.payload ?? defaults.payload ?? fallbacks.payload),
    payloadText: decidePayloadText(settings.payloadText ?? fallbacks.payloadText),
    heartbeatMs: duration("heartbeat", fallbacks.heartbeat),
    loginTimeoutMs: LOGIN_TIMEOUT_MS,
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
    audit: settings.audit ?? true,
  };
}

/** What a run will be. */
export interface DecidedLoad {
  /** Of the whole load, also where this is one slice of it. */
  plan: DecidedPlan;
  thresholds: Threshold[];
  /** The users of this run. */
  users: UserRange;
  /** How many consecutive users stay together. */
  block: number;
}

/**
 * Finds mistakes before anything is started for the run.
 * @param url module of the scenario
 * @param slice the part of the load that this run is; undefined for the whole
 * @throws CuppingError `usage`; `scenario` for what its own code throws
 */
export async function requireSensibleSettings(
  scenario: Scenario,
  url: string,
  settings: LoadSettings,
  slice?: Slice,
): Promise<DecidedLoad> {
  const decided = await decideLoad(scenario, url, settings, slice);
  requireMemory(decided.users.count);
  return decided;
}

/** As {@link requireSensibleSettings}, whether or not this machine can do it. */
export async function decideLoad(
  scenario: Scenario,
  url: string,
  settings: LoadSettings,
  slice?: Slice,
): Promise<DecidedLoad> {
  const plan = decidePlan(scenario, settings);
  const layers = await layersOf(scenario, { name: scenario.name, url }, plan.options);
  requireFeasible(scenario, plan, layers);
  const block = blockSize(layers);
  const users = usersOfSlice(slice, plan.clients, block);
  const thresholds = decideThresholds(scenario, settings);
  if (slice) requireWholeJudged(thresholds);
  askedWorkers(settings.workers);
  return { plan, thresholds, users, block };
}

/** A slice knows only its own part of the figures. @throws CuppingError `usage` */
function requireWholeJudged(thresholds: readonly Threshold[]): void {
  const early = thresholds.find(({ abortOnFail }) => abortOnFail);
  if (!early) return;
  throw new CuppingError(
    "usage",
    `--threshold "${early.expression}" ends a run by the figures of the whole, and a slice knows only its own: leave out abortOnFail`,
  );
}

/** The thresholds of a run: the user's, or else the scenario's. */
export function decideThresholds(scenario: Scenario, settings: LoadSettings): Threshold[] {
  const texts = settings.thresholds?.length ? settings.thresholds : (scenario.defaults?.thresholds ?? []);
  const thresholds = texts.map(parseThreshold);
  for (const threshold of thresholds) requireKnownMetric(threshold, Object.keys(scenario.metrics ?? {}));
  return thresholds;
}

/**
 * How many worker processes a run uses.
 * @param block users that must stay together; there can be no more workers than blocks
 * @param users how many of the clients are this run's
 */
export function decideWorkers(
  asked: string | number | undefined,
  plan: Pick<LoadPlan, "clients" | "stages">,
  block: number,
  users: number = plan.clients,
): number {
  const limit = descriptorLimit();
  // Where a process may have few, half of them is for connections.
  const needed = Math.ceil(users / Math.max(limit - OWN_DESCRIPTORS, Math.floor(limit / 2), 1));
  const most = Math.max(1, Math.ceil(users / block));
  const workers = askedWorkers(asked);
  if (workers !== undefined) {
    if (workers < needed) {
      throw new CuppingError(
        "usage",
        `--workers ${workers} cannot hold ${users} clients: a process has ${limit} descriptors; use at least ${needed}`,
      );
    }
    return Math.min(workers, most);
  }
  const peak = (Math.max(0, ...plan.stages.map((stage) => stage.toRate)) * users) / plan.clients;
  const wanted = Math.max(Math.ceil(users / CLIENTS_PER_WORKER), Math.ceil(peak / RATE_PER_WORKER));
  return Math.min(most, Math.max(needed, Math.min(wanted, Math.max(1, usableProcessors() - 1))));
}

function askedWorkers(asked: string | number | undefined): number | undefined {
  if (asked === undefined || asked === "auto") return undefined;
  const workers = requireWithin("--workers", Number(asked), ONE_OR_MORE);
  if (workers <= mostWorkers()) return workers;
  throw new CuppingError(
    "usage",
    `--workers ${workers} is more than the processors of this machine can serve: use at most ${mostWorkers()}`,
  );
}

function decideModel(scenario: Scenario, settings: LoadSettings): "open" | "closed" {
  const asksOpen = settings.rate !== undefined || settings.stages !== undefined;
  if (settings.closed && asksOpen) {
    throw new CuppingError(
      "usage",
      "--closed lets users act after thinking, so it takes no rate: leave out --rate and --stages",
    );
  }
  if (settings.closed) return "closed";
  return asksOpen ? "open" : (scenario.model ?? "open");
}

function decideStages(
  scenario: Scenario,
  settings: LoadSettings,
  model: "open" | "closed",
  durationMs: number,
): RateStage[] {
  if (settings.stages !== undefined) {
    if (settings.rate !== undefined)
      throw new CuppingError("usage", "--rate and --stages both set the rate; give only one of them");
    const stages = parseStages(settings.stages);
    if (stages.every(({ toRate }) => toRate === 0)) {
      throw new CuppingError("usage", `--stages "${settings.stages}" never rises above 0: nothing would be done`);
    }
    return stages;
  }
  const rate =
    model === "closed" || !scenario.act
      ? 0
      : parseRate(settings.rate ?? scenario.defaults?.rate ?? fallbacks.rate, "arrivals");
  return [{ durationMs, fromRate: rate, toRate: rate }];
}

function decideSpacing(spacing: string): ArrivalSpacing {
  if (spacing === "poisson" || spacing === "uniform") return spacing;
  throw new CuppingError("usage", `--arrivals "${spacing}" is not known; expected poisson or uniform`);
}

function decidePayload(payload: string | number): number {
  const bytes = payloadPresets[payload] ?? Number(payload);
  if (!Number.isInteger(bytes) || bytes < MIN_PAYLOAD_BYTES || bytes > MAX_PAYLOAD_BYTES) {
    const names = Object.entries(payloadPresets).map(([name, size]) => `${name} (${size})`);
    throw new CuppingError(
      "usage",
      `--payload "${payload}" is not a size; expected ${names.join(", ")} or ${MIN_PAYLOAD_BYTES} to ${MAX_PAYLOAD_BYTES} bytes ` +
        "(every message carries its own mark, which takes the first 54)",
    );
  }
  return bytes;
}

function decidePayloadText(text: string): PayloadText {
  if (text === "plain" || text === "any") return text;
  throw new CuppingError("usage", `--payload-text "${text}" is not known; expected plain or any`);
}

function decideOptions(scenario: Scenario, given: OptionValues): OptionValues {
  const known = scenario.options ?? {};
  const values: Record<string, number | string | boolean> = {};
  for (const [name, option] of Object.entries(known)) {
    const value = given[name] ?? option.default;
    if (typeof value !== option.type || Number.isNaN(value)) {
      throw new CuppingError("usage", `--${name} "${value}" is not a ${option.type}`);
    }
    if (typeof value === "number") requireWithin(`--${name}`, value, option.limits ?? {});
    values[name] = value;
  }
  return values;
}
