export { type ComposeOptions, startComposeStack } from "./compose-stack.ts";
export { hasEngine } from "./docker.ts";
export { reachTarget } from "./external-target.ts";
export {
  describeNobody,
  describeStranger,
  firstMend,
  refuseStranger,
  requireFirstLogin,
  TOKENS_IN_DOUBT,
} from "./first-login.ts";
export { MetricsScraper } from "./metrics-scrape.ts";
export type { ProcessMetrics } from "./metrics-text.ts";
export { checkTarget, type OpenTargetOptions, openTarget } from "./open-target.ts";
export { isPrivateAddress, requireOwnTarget } from "./own-target.ts";
export type { Patience } from "./patience.ts";
export { type ProcessUsage, readProcessUsage } from "./process-usage.ts";
export { type ReferenceServerOptions, startReferenceServer } from "./reference-server.ts";
export { awaitRestart } from "./restart-watch.ts";
export { canMountDisks, type DiskControl } from "./small-disk.ts";
export { type ContainerOptions, startContainer } from "./start-container.ts";
export { recognizeStranger, type Stranger } from "./stranger.ts";
export type { ServiceControl, Target, TargetControl } from "./target.ts";
export { parseTarget, type TargetChoice } from "./target-choice.ts";
