import { judge, readThreshold, summaryFigures } from "../measure/index.ts";
import type { LoadResult } from "../result/index.ts";

/** What a threshold finds on the metrics of a result; undefined where they do not tell. */
export function judgeOn(
  metrics: LoadResult["metrics"],
  expression: string,
): { value: number; ok: boolean } | undefined {
  const read = readThreshold(expression);
  const metric = read && metrics[read.metric];
  if (!metric) return undefined;
  const { value, ok } = judge(read.condition, summaryFigures(metric));
  return value === null ? undefined : { value, ok };
}
