import { formatCount, formatDuration, formatNumber, formatShare } from "../numbers.ts";
import type { ChartSpec, ChartUnit } from "./chart-spec.ts";

// Used by the pages' tables and by the script in the page, so that both say the same.

/** A value on a chart, with its unit: always the same one, so that charts of different runs can be held side by side. */
export function chartValue(value: number | null | undefined, unit: ChartUnit): string {
  if (value === null || value === undefined) return "–";
  switch (unit) {
    case "ms":
      return `${formatNumber(value)} ms`;
    case "bytes":
      return Math.abs(value) < 1e6 ? `${formatNumber(value / 1e3)} KB` : `${formatNumber(value / 1e6)} MB`;
    case "perSecond":
      return `${formatNumber(value)}/s`;
    case "count":
      return formatCount(value);
    case "cores":
      return `${formatNumber(value)} cores`;
    case "share":
      return formatShare(value);
  }
}

/** A place on the x axis: a time, a percentile or a run. */
export function chartPlace(x: number, { axis, xLabels }: Pick<ChartSpec, "axis" | "xLabels">): string {
  if (axis === "run") return xLabels?.[x] ?? "";
  if (axis === "percentile") return percentileText(x);
  return x === 0 ? "0 s" : formatDuration(x * 1000);
}

/** `99.9%` for 3: as many digits as the rarity needs. */
function percentileText(rarity: number): string {
  const percent = 100 * (1 - 10 ** -rarity);
  return `${Number(percent.toFixed(Math.max(0, Math.ceil(rarity) - 2) + 1))}%`;
}
