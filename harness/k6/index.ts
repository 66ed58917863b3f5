// A small CIM client for k6 over WebSocket, with the metrics, checks and summary that make a result file of a k6 run.
export * from "../../codegen/index.ts";
export type { K6CheckName } from "./check-names.ts";
export { SessionChecks } from "./checks.ts";
export { K6Client, K6ClientError, type K6ClientOptions } from "./client.ts";
export { deadline, now, sleep } from "./clock.ts";
export { defineK6Scenario, type K6Scenario, type K6ScenarioDefinition, measuredSpan } from "./define-scenario.ts";
export { type FlowSurroundings, MessageFlow, routeMessages } from "./message-flow.ts";
export { MarkedMessages } from "./messages.ts";
export { counters, type K6CounterName, latencies, lateness, record } from "./metrics.ts";
export { atEach, evenSchedule, type Schedule } from "./schedule.ts";
export { K6Session } from "./session.ts";
export type { K6Settings, SettingDefaults } from "./settings.ts";
export { composeK6Result, type K6Metric, type K6ScenarioFacts, type K6Summary, summaryTrendStats } from "./summary.ts";
export { type K6User, K6Users } from "./users.ts";
