/** What a server says about its own process in Prometheus' text format; parts that it does not say are left out. */
export interface ProcessMetrics {
  /** Processor time since the start, user and system together, in seconds. */
  cpuSeconds?: number;
  rssBytes?: number;
  /** Start of the process, Unix time in seconds: another one means another process, whose counters begin anew. */
  startedAt?: number;
  /** 99th percentile of the time between two ticks of Node's event loop probe since the last scrape, in seconds. */
  eventLoopP99?: number;
  /** The shortest such time: the probe's own interval, when the loop was idle at least once. */
  eventLoopMin?: number;
}

/** Names of a figure, the client libraries' first, then OpenTelemetry's; and how several processes' values become one. */
const figures: readonly [keyof ProcessMetrics, "sum" | "max" | "min", readonly string[]][] = [
  ["cpuSeconds", "sum", ["process_cpu_seconds_total", "process_cpu_time_seconds_total"]],
  ["rssBytes", "sum", ["process_resident_memory_bytes", "process_memory_usage_bytes"]],
  ["startedAt", "max", ["process_start_time_seconds"]],
  ["eventLoopP99", "max", ["nodejs_eventloop_lag_p99_seconds", "nodejs_eventloop_delay_p99_seconds"]],
  ["eventLoopMin", "min", ["nodejs_eventloop_lag_min_seconds", "nodejs_eventloop_delay_min_seconds"]],
];

/** Reads what is known of the process out of a scrape, whatever else stands in it. */
export function readProcessMetrics(text: string): ProcessMetrics {
  const found: ProcessMetrics = {};
  for (const [figure, merge, names] of figures) {
    const values = names.map((name) => valuesOf(text, name)).find((list) => list.length > 0);
    if (values === undefined) continue;
    found[figure] = merge === "sum" ? values.reduce((sum, value) => sum + value) : Math[merge](...values);
  }
  return found;
}

/** The values of a metric in all its label sets: a cluster's workers, or user and system time apart. */
function valuesOf(text: string, name: string): number[] {
  return [...text.matchAll(new RegExp(`^${name}(?:\\{[^\\n]*\\})? +([^ \\n]+)`, "gm"))]
    .map(([, value]) => Number(value))
    .filter((value) => Number.isFinite(value));
}
