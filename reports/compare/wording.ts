import { formatCount, formatLatency, formatNumber } from "../numbers.ts";
import type { Change, ComparedFigure } from "./comparison.ts";
import { percent } from "./percent.ts";

/** Worst first, so that nobody has to search. */
export const changeOrder: readonly Change[] = ["worse", "unsure", "better", "same"];

/** A compared value with its unit. */
export function figureValue(value: number, unit: ComparedFigure["unit"]): string {
  if (unit === "ms") return formatLatency(value);
  return unit === "perSecond" ? `${formatNumber(value)}/s` : formatCount(value);
}

/** `+12%`, or nothing to divide by. */
export function changeText({ change }: ComparedFigure): string {
  return change === undefined ? "" : percent(change);
}

/** `+8.0% to +15%` */
export function intervalText({ interval }: ComparedFigure): string {
  return interval === undefined ? "" : `${percent(interval.low)} to ${percent(interval.high)}`;
}
