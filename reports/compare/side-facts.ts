import type { LoadResult, Result } from "../../harness/result/index.ts";
import { leadingMetric, metricTitle } from "../headline.ts";
import {
  counted,
  formatBytes,
  formatCount,
  formatDuration,
  formatLatency,
  formatMoment,
  formatNumber,
} from "../numbers.ts";
import { outcomeOf } from "../run-outcome.ts";
import { stagesText } from "../stages.ts";
import { asIs, listed, lowerCase, type Phrase } from "../words/phrase.ts";
import { comparisonLines } from "../words/summaries.ts";
import { outcomeWords } from "../words/verdicts.ts";
import type { Side } from "./comparison.ts";

/** What tells a side from the other, by name; a name that a side does not have is left out. */
export function sideFacts({ source, runs }: Side): Map<string, string> {
  const loads = runs.filter((run) => run.kind === "load");
  const [load] = loads;
  const one = (value: (run: Result) => string | undefined): string | undefined =>
    [...new Set(runs.map(value).filter((text) => text !== undefined))].join("; ") || undefined;
  const facts: [string, string | undefined][] = [
    ["File", source],
    ["Label", one(({ run }) => run.label)],
    ["Target", one(({ target }) => [target.name, target.version].filter(Boolean).join(" ") || target.url)],
    ["Runs", runs.length === 1 ? runs[0]?.run.id : formatCount(runs.length)],
    ["Started", period(runs)],
    ["Verdict", one((run) => lowerCase(outcomeWords[outcomeOf(run)]).en)],
    ["Scenario", one((run) => (run.kind === "load" ? `${run.scenario}, ${run.model} model` : undefined))],
    ["Clients", load && one((run) => (run.kind === "load" ? formatCount(run.clients.requested) : undefined))],
    ["Rate asked for", load && one((run) => (run.kind === "load" ? stagesText(run.options) : undefined))],
    ["Took", load && one((run) => formatDuration(run.run.durationMs))],
    ["Rule set", one((run) => (run.kind === "conformance" ? run.ruleSet : undefined))],
    ["Cases", one((run) => (run.kind === "conformance" ? counted(run.summary.total, "case") : undefined))],
    ["Machine", one(({ environment }) => machineText(environment))],
    ...measured(loads),
  ];
  return new Map(facts.filter((fact): fact is [string, string] => fact[1] !== undefined));
}

/** A side in one line: `base: main (runs/main/, 3 runs)`. */
export function sideLine(role: Phrase, { name, source, runs }: Side): Phrase {
  const labels = [...new Set(runs.flatMap(({ run }) => run.label ?? []))].filter((label) => label !== name);
  const facts = [...(source === undefined ? [] : [source]), ...labels].map(asIs);
  if (runs.length > 1) facts.push(comparisonLines.countOfRuns(runs.length));
  return comparisonLines.side(role, name, listed(facts));
}

function period(runs: readonly Result[]): string | undefined {
  const moments = runs.map(({ run }) => run.startedAt).sort();
  const [first] = moments;
  const last = moments.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return first === last ? formatMoment(first) : `${formatMoment(first)} to ${formatMoment(last)}`;
}

function machineText({ cpus, cpuModel, memoryBytes }: Result["environment"]): string {
  return `${cpus} × ${cpuModel ?? "CPU"}, ${formatBytes(memoryBytes)}`;
}

/** What the leading metric came to, run by run: the runs are not merged here. */
function measured(loads: readonly LoadResult[]): [string, string | undefined][] {
  const [first] = loads;
  const leading = first && leadingMetric(first);
  if (leading === undefined) return [];
  const each = (text: (run: LoadResult) => string): string => loads.map(text).join("; ");
  return [
    [`${metricTitle(leading)}, p99`, each(({ metrics }) => formatLatency(metrics[leading]?.p99 ?? null))],
    [`${metricTitle(leading)}, median`, each(({ metrics }) => formatLatency(metrics[leading]?.p50 ?? null))],
    [`${metricTitle(leading)}, rate`, each(({ metrics }) => `${formatNumber(metrics[leading]?.rate ?? 0)}/s`)],
  ];
}
