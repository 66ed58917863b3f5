import type { Row, Rows, ValueOf } from "./row.ts";

/** A limit on a metric, as in k6: `p(99)<200`, or with what to do about it. */
export type ThresholdOption =
  | string
  | {
      threshold: string;
      /** End the run as soon as it is crossed. */
      abortOnFail?: boolean;
      /** Do not judge before so much of the measured time is over, e.g. `10s`. */
      delayAbortEval?: string;
    };

/** Limits by metric, as in k6: `{ msg_e2e: ["p(99)<200", "p(50)<20"] }`. */
export type ThresholdsByMetric = Record<string, ThresholdOption[]>;

type Named<K, R> = R extends { perCall: true } ? never : R extends { inFile: "thresholds" } ? "thresholds" : K;

type Written<R> = R extends { inFile: "thresholds" }
  ? ThresholdsByMetric
  : R extends { inFile: "text-or-number" }
    ? string | number
    : R extends { inFile: "one-or-more" }
      ? string | string[]
      : ValueOf<R>;

/** What a configuration may say of the options of a table. */
export type InFile<Table> = {
  -readonly [K in keyof Table as Named<K, Table[K]>]?: Written<Table[K]>;
};

/** The name of an option in the configuration; undefined for what stands on the command line alone. */
export function nameInFile(name: string, row: Row): string | undefined {
  if (row.perCall === true) return undefined;
  return row.inFile === "thresholds" ? "thresholds" : name;
}

/** The rows that hold for what the top of a configuration says. */
export type TopOf<Table> = { [K in keyof Table as Table[K] extends { top: true } ? K : never]: Table[K] };

/** The rows for which something holds. */
export function rowsWhere(rows: Rows, holds: (row: Row) => boolean): Rows {
  return Object.fromEntries(Object.entries(rows).filter(([, row]) => holds(row)));
}
