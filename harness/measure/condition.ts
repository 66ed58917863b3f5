const comparisons = ["<=", ">=", "==", "!=", "<", ">"] as const;

/** How a figure is compared with its limit. */
export type Comparison = (typeof comparisons)[number];

/** What a threshold asks of a metric, as k6 writes it: `p(99)<200`. */
export interface Condition {
  /** `p(99)`, `avg`, `min`, `max`, `med`, `count` or `rate`. */
  readonly aggregation: string;
  readonly comparison: Comparison;
  /** Milliseconds for latencies, events for `count`, events per second for `rate`. */
  readonly limit: number;
}

const form =
  /^\s*(p\(\s*\d+(?:\.\d+)?\s*\)|avg|min|max|med|count|rate)\s*(<=|>=|===|==|!=|<|>)\s*(\d+(?:\.\d+)?)(?=\s|$)/;

/**
 * Reads a condition at the beginning of a text. The one grammar of thresholds: `===` means `==`, as for k6.
 * @returns undefined when the text does not begin with one; `rest` is what stands behind it
 */
export function readCondition(text: string): { condition: Condition; rest: string } | undefined {
  const match = form.exec(text);
  if (!match) return undefined;
  const [whole, aggregation, comparison, limit] = match as unknown as [string, string, string, string];
  const condition: Condition = {
    aggregation: aggregation.replaceAll(/\s/g, ""),
    comparison: comparison === "===" ? "==" : (comparison as Comparison),
    limit: Number(limit),
  };
  return { condition, rest: text.slice(whole.length) };
}

/** The percentile that a condition asks for, from 0 to 100; undefined for other aggregations. */
export function percentileOf({ aggregation }: Pick<Condition, "aggregation">): number | undefined {
  const percent = /^p\((.*)\)$/.exec(aggregation)?.[1];
  return percent === undefined ? undefined : Number(percent);
}

/** Whether a figure meets a condition. */
export function meets(value: number, { comparison, limit }: Pick<Condition, "comparison" | "limit">): boolean {
  switch (comparison) {
    case "<":
      return value < limit;
    case "<=":
      return value <= limit;
    case ">":
      return value > limit;
    case ">=":
      return value >= limit;
    case "==":
      return value === limit;
    case "!=":
      return value !== limit;
  }
}
