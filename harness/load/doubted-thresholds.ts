import { alwaysMeasured, type HeldUpTimes, type SaturationJudge, type Threshold } from "../measure/index.ts";
import type { ThresholdResult } from "../result/index.ts";

/** What is known of the generator's own lateness. */
export interface OwnLateness {
  /** In the measured time. */
  saturation: Pick<SaturationJudge, "explains">;
  /** While clients came up. */
  comingUp: HeldUpTimes;
}

/** A threshold whose figure shows the generator, not the target. */
export interface Doubted {
  result: ThresholdResult;
  /** Why it is not judged, one sentence. */
  reason: string;
}

/**
 * The crossed limits on latencies that may be crossed by the generator's doing alone, although it was in time on the
 * whole.
 * @param thresholds in the order of `results`
 */
export function doubtedThresholds(
  thresholds: readonly Threshold[],
  results: readonly ThresholdResult[],
  { saturation, comingUp }: OwnLateness,
): Doubted[] {
  return thresholds.flatMap((threshold, at) => {
    const result = results[at] as ThresholdResult;
    const { ok, value } = result;
    if (ok || value === null || !threshold.comparison.startsWith("<") || isCounted(threshold)) return [];
    const own = alwaysMeasured.has(threshold.metric) ? comingUp : saturation;
    const millis = own.explains(threshold, value);
    if (millis === undefined) return [];
    const when = own === comingUp ? " while clients came up" : "";
    const reason =
      `threshold ${result.expression} was crossed (it was ${Number(value.toFixed(3))}), but the generator was held up ` +
      `for ${Math.round(millis)} ms at a time${when}, which shows in it: measure again, with more workers or on a machine ` +
      "with less to do";
    return [{ result, reason }];
  });
}

function isCounted({ aggregation }: Threshold): boolean {
  return aggregation === "count" || aggregation === "rate";
}
