import type { LoadResult } from "../harness/result/index.ts";

const latencyFields = ["count", "p50", "p90", "p95", "p99", "p999", "max"] as const;
const processFields = ["cpu", "rssBytes", "eventLoopDelayMs", "gc", "lateSends"] as const;

/**
 * The series of a load run as CSV (RFC 4180), one line per interval: `at_ms`, `clients`, then every rate, latency,
 * error and process figure that occurs, as `group.name[.field]`. Cells without a sample are empty.
 */
export function seriesCsv({ series }: LoadResult): string {
  const namesOf = (pick: (point: LoadResult["series"][number]) => object | undefined): string[] => [
    ...new Set(series.flatMap((point) => Object.keys(pick(point) ?? {}))),
  ];
  const rates = namesOf((point) => point.rates);
  const metrics = namesOf((point) => point.metrics);
  const errors = namesOf((point) => point.errors);
  const processes = (["harness", "target"] as const).filter((name) =>
    series.some((point) => point[name] !== undefined),
  );
  const head = [
    "at_ms",
    "clients",
    ...rates.map((name) => `rate.${name}`),
    ...metrics.flatMap((name) => latencyFields.map((field) => `${name}.${field}`)),
    ...errors.map((name) => `errors.${name}`),
    "violations",
    ...processes.flatMap((name) => processFields.map((field) => `${name}.${field}`)),
  ];
  const rows = series.map((point) => [
    point.at,
    point.clients,
    ...rates.map((name) => point.rates[name]),
    ...metrics.flatMap((name) => latencyFields.map((field) => point.metrics[name]?.[field])),
    ...errors.map((name) => point.errors?.[name] ?? 0),
    point.violations ?? 0,
    ...processes.flatMap((name) => processFields.map((field) => point[name]?.[field])),
  ]);
  return [head, ...rows].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

function cell(value: string | number | undefined): string {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
