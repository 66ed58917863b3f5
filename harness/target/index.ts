export { reachTarget } from "./external-target.ts";
export { type OpenTargetOptions, openTarget } from "./open-target.ts";
export { isPrivateAddress, requireOwnTarget } from "./own-target.ts";
export { type ProcessUsage, readProcessUsage } from "./process-usage.ts";
export { type ReferenceServerOptions, startReferenceServer } from "./reference-server.ts";
export type { Target, TargetControl } from "./target.ts";
export { parseTarget, type TargetChoice } from "./target-choice.ts";
