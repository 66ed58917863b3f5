import { parseThreshold, type Threshold } from "../measure/index.ts";
import type { LoadResult } from "../result/index.ts";
import { isNotTargets } from "./error-kinds.ts";
import { generatorCauses } from "./link/close-cause.ts";

/**
 * How many samples a percentile needs, so that it is not the luck of one or two messages.
 * @returns undefined for a threshold that is no percentile
 */
export function neededSamples({ aggregation }: Pick<Threshold, "aggregation">): number | undefined {
  const percent = Number(/^p\((.*)\)$/.exec(aggregation)?.[1] ?? Number.NaN);
  return Number.isNaN(percent) ? undefined : Math.ceil(2 / (1 - Math.min(percent, 99.99) / 100));
}

/** Whether a run is not valid for no other reason than that it measured too little: at a higher rate it would be. */
export function hasTooFewSamples({ verdict, harness, errors, clients, metrics, thresholds }: LoadResult): boolean {
  if (verdict !== "invalid" || harness.saturated) return false;
  if (Object.keys(errors ?? {}).some(isNotTargets)) return false;
  if (Object.keys(clients.failures ?? {}).some((cause) => generatorCauses.has(cause))) return false;
  if (Object.keys(metrics).length === 0) return true;
  return thresholds.some(({ expression }) => {
    const threshold = parseThreshold(expression);
    const needed = neededSamples(threshold);
    return needed !== undefined && (metrics[threshold.metric]?.count ?? 0) < needed;
  });
}
