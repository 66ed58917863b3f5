import type { Result } from "../harness/result/index.ts";
import { leadingMetric, metricPhrase } from "./headline.ts";
import type { ChartUnit } from "./html/chart-spec.ts";
import { figureTitle, isGroup } from "./words/history.ts";
import type { Phrase } from "./words/phrase.ts";

/** A figure of a result that can be followed over many runs, e.g. `msg_e2e.p99` or `summary.failed`. */
export interface FigureName {
  path: string;
  label: Phrase;
  unit: ChartUnit;
}

/** The figures that are followed when nobody chose: what stands in the headlines of these results. */
export function defaultFigures(results: readonly Result[]): FigureName[] {
  const paths = new Set<string>();
  for (const result of results) {
    if (result.kind === "conformance")
      for (const path of ["summary.passed", "summary.failed", "summary.warned"]) paths.add(path);
    else {
      const metric = leadingMetric(result);
      if (metric !== undefined) for (const field of ["p50", "p99", "rate"]) paths.add(`${metric}.${field}`);
      for (const path of ["checks.violations", "clients.peak", "harness.bytesPerClient"]) paths.add(path);
    }
  }
  return [...paths].map(figureNamed);
}

/** The figure of that name. Whether any result has it shows `figureOf`. */
export function figureNamed(path: string): FigureName {
  const [group = "", field = ""] = path.split(".");
  const label = figureTitle(group, field, metricPhrase(group));
  if (isGroup(group)) return { path, label, unit: fieldUnits[field] ?? "count" };
  const unit = field === "rate" ? "perSecond" : field === "count" ? "count" : "ms";
  return { path, label, unit };
}

const fieldUnits: Record<string, ChartUnit> = {
  bytesPerClient: "bytes",
  rssPeakBytes: "bytes",
  cpu: "cores",
  eventLoopDelayMs: "ms",
  durationMs: "ms",
};

/** The value of a figure in a result, or undefined where the result has none. */
export function figureOf(result: Result, path: string): number | undefined {
  const [group = "", field = ""] = path.split(".");
  if (result.kind === "load" && group === "checks") {
    const checks = Object.values(result.checks);
    if (field !== "violations" && field !== "checked") return undefined;
    return checks.reduce((sum, check) => sum + check[field], 0);
  }
  const groups: Record<string, unknown> =
    result.kind === "load"
      ? { ...result.metrics, clients: result.clients, harness: result.harness, run: result.run }
      : { summary: result.summary, run: result.run };
  const value = (groups[group] as Record<string, unknown> | undefined)?.[field];
  return typeof value === "number" ? value : undefined;
}
