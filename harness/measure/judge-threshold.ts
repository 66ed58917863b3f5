import { type Condition, meets, percentileOf } from "./condition.ts";

/** What a condition may ask of a metric: milliseconds for latencies, events a second for the rate; null is unknown. */
export interface Figures {
  readonly count: number | null;
  readonly rate: number | null;
  readonly min: number | null;
  readonly mean: number | null;
  readonly max: number | null;
  /** @param percent from 0 to 100 */
  percentile(percent: number): number | null;
}

/** What a condition found. */
export interface Judged {
  readonly value: number | null;
  readonly ok: boolean;
}

/**
 * Judges a condition, of every kind of run. A figure that is not known meets none: a run that measured nothing must not
 * look good.
 */
export function judge(condition: Condition, figures: Figures): Judged {
  const value = figureOf(condition, figures);
  return { value, ok: value !== null && meets(value, condition) };
}

function figureOf({ aggregation }: Condition, figures: Figures): number | null {
  switch (aggregation) {
    case "avg":
      return figures.mean;
    case "med":
      return figures.percentile(50);
    case "min":
    case "max":
    case "count":
    case "rate":
      return figures[aggregation];
    default:
      return figures.percentile(percentileOf({ aggregation }) ?? 0);
  }
}
