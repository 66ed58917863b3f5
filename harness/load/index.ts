// Load: virtual users by the thousand, every message checked, latency from the intended time.
export type { Conversation } from "../check/index.ts";
export { nowMicros } from "../measure/index.ts";
export type { Progress } from "./coordinator.ts";
export { type CapacityOf, type FindMaxAnswer, findMax, replayAccounts } from "./find-max.ts";
export { loadScenario } from "./load-scenario.ts";
export { mergeSlices } from "./merge-slices.ts";
export { type LoadNeeds, needsOf } from "./needs.ts";
export type { ConversationLayer, OptionValues } from "./plan.ts";
export { type LoadRun, runLoad } from "./run-load.ts";
export {
  defineScenario,
  type Scenario,
  type ScenarioDefaults,
  type ScenarioOption,
  type Stage,
} from "./scenario.ts";
export {
  type DecidedPlan,
  decideLoad,
  fallbacks,
  type LoadSettings,
  payloadPresets,
  requireSensibleSettings,
} from "./settings.ts";
export { parseSlice, parseStartAt, type Slice, type UserRange } from "./slice.ts";
export { isSlice, type SliceResult } from "./slice-set.ts";
export type { UserState } from "./user-host.ts";
export { HISTORY_PAGE, VirtualUser } from "./virtual-user.ts";
