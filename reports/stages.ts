import type { LoadResult } from "../harness/result/index.ts";
import { formatDuration, formatNumber } from "./numbers.ts";

/** Part of the time of an open model's traffic, as a result holds it; rates are arrivals a second. */
interface Stage {
  readonly durationMs: number;
  readonly fromRate: number;
  readonly toRate: number;
}

/** The rates that a load was asked for, by stage where there are several: `60.0/s`; undefined for a closed model. */
export function stagesText(options: LoadResult["options"]): string | undefined {
  const stages = options?.["stages"] as readonly Stage[] | undefined;
  if (!Array.isArray(stages)) return undefined;
  const rates = stages.map(({ fromRate, toRate, durationMs }: Stage) => ({
    rate: `${fromRate === toRate ? "" : `${formatNumber(fromRate)} to `}${formatNumber(toRate)}/s`,
    time: formatDuration(durationMs),
  }));
  const [first] = rates;
  return first && rates.length === 1 ? first.rate : rates.map(({ rate, time }) => `${rate} for ${time}`).join(", ");
}
