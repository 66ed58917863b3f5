import { scenario } from "k6/execution";
import type { Options, Scenario } from "k6/options";
import { now } from "./clock.ts";
import { MarkedMessages } from "./messages.ts";
import { K6Session } from "./session.ts";
import { type K6Settings, readSettings, type SettingDefaults } from "./settings.ts";
import { composeK6Result, type K6ScenarioFacts, type K6Summary, summaryTrendStats } from "./summary.ts";
import { summaryText } from "./summary-text.ts";
import { k6Thresholds } from "./thresholds.ts";
import { K6Users } from "./users.ts";

/** What a scenario is made of. */
export interface K6ScenarioDefinition extends K6ScenarioFacts {
  readonly defaults: SettingDefaults;
}

/** What a scenario works with, and what its script exports to k6. */
export interface K6Scenario {
  readonly settings: K6Settings;
  readonly users: K6Users;
  readonly messages: MarkedMessages;
  /** Runs one iteration. */
  session(body: (session: K6Session) => Promise<void>): Promise<void>;
  /** k6's `options`. */
  readonly options: Options;
  /** k6's `handleSummary`: writes `result.json` and a short text. */
  handleSummary(summary: K6Summary): Record<string, string>;
}

/** Time that k6 leaves an iteration after the end of the run before it cuts it off. */
const GRACE_MS = 15_000;

/** Long sessions: every virtual user has one iteration, in which it keeps its connections for the whole run. */
function longSessions({ vus, durationMs, rampMs, drainMs }: K6Settings): Scenario {
  const maxDurationMs = rampMs + durationMs + drainMs + GRACE_MS;
  return { executor: "per-vu-iterations", vus, iterations: 1, maxDuration: `${maxDurationMs}ms`, gracefulStop: "0s" };
}

/** Short sessions: iterations begin by the clock, whatever the target does (k6's open model). */
function shortSessions({ vus, rate, durationMs }: K6Settings): Scenario {
  return {
    executor: "constant-arrival-rate",
    // k6 takes whole numbers only, so a rate below one a second is given per minute.
    rate: Math.max(1, Math.round(rate * 60)),
    timeUnit: "60s",
    duration: `${durationMs}ms`,
    preAllocatedVUs: vus,
    maxVUs: vus,
    gracefulStop: `${GRACE_MS}ms`,
  };
}

/** Makes a scenario; called in k6's init context. */
export function defineK6Scenario(definition: K6ScenarioDefinition): K6Scenario {
  const settings = readSettings(__ENV, definition.defaults);
  return {
    settings,
    users: new K6Users(settings, definition.usersPerVu),
    messages: new MarkedMessages(settings.run, settings.payloadBytes),
    session: (body) => K6Session.run(settings.url, body),
    options: {
      scenarios: { [definition.name]: definition.keepsConnection ? longSessions(settings) : shortSessions(settings) },
      thresholds: k6Thresholds(settings.thresholds),
      summaryTrendStats,
    },
    handleSummary(summary) {
      const result = composeK6Result(summary, settings, definition);
      const file = { [settings.resultPath]: `${JSON.stringify(result, undefined, 1)}\n` };
      // A starting program says itself what came of the run.
      return __ENV["CUPPING_CONTEXT"] ? file : { ...file, stderr: summaryText(result) };
    },
  };
}

/** When the measured time of long sessions begins: behind the ramp, for all virtual users alike. */
export function measuredSpan({ rampMs, durationMs }: K6Settings): { from: number; durationMs: number } {
  return { from: now() + Math.max(0, scenario.startTime + rampMs - Date.now()), durationMs };
}
