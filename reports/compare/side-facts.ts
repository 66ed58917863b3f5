import type { LoadResult, Result } from "../../harness/result/index.ts";
import { leadingMetric, metricPhrase } from "../headline.ts";
import { machineText } from "../machine-text.ts";
import { formatCount, formatDuration, formatLatency, formatMoment, formatNumber } from "../numbers.ts";
import { outcomeOf } from "../run-outcome.ts";
import { stagesText } from "../stages.ts";
import { sideWords } from "../words/comparisons.ts";
import { asIs, listed, lowerCase, type Phrase } from "../words/phrase.ts";
import { comparisonLines } from "../words/summaries.ts";
import { outcomeWords } from "../words/verdicts.ts";
import type { Side } from "./comparison.ts";

/** One thing that may tell a side from the other. */
export interface SideFact {
  readonly title: Phrase;
  readonly value: Phrase;
}

/** What tells a side from the other, by its English title; what a side does not have is left out. */
export function sideFacts({ source, runs }: Side): Map<string, SideFact> {
  const loads = runs.filter((run) => run.kind === "load");
  const [load] = loads;
  const one = (value: (run: Result) => Phrase | undefined): Phrase | undefined => {
    const values = new Map(runs.map(value).flatMap((phrase) => (phrase === undefined ? [] : [[phrase.en, phrase]])));
    return values.size === 0 ? undefined : inTurn([...values.values()]);
  };
  const named = (value: (run: Result) => string | undefined): Phrase | undefined => one((run) => known(value(run)));
  const facts: [Phrase, Phrase | undefined][] = [
    [sideWords.file, known(source)],
    [sideWords.label, named(({ run }) => run.label)],
    [sideWords.target, named(({ target }) => [target.name, target.version].filter(Boolean).join(" ") || target.url)],
    [sideWords.runs, known(runs.length === 1 ? runs[0]?.run.id : formatCount(runs.length))],
    [sideWords.started, period(runs)],
    [sideWords.verdict, one((run) => lowerCase(outcomeWords[outcomeOf(run)]))],
    [
      sideWords.scenario,
      one((run) => (run.kind === "load" ? sideWords.scenarioWithModel(run.scenario, run.model) : undefined)),
    ],
    [sideWords.clients, named((run) => (run.kind === "load" ? formatCount(run.clients.requested) : undefined))],
    [sideWords.rate, named((run) => (run.kind === "load" ? stagesText(run.options) : undefined))],
    [sideWords.took, load && named((run) => formatDuration(run.run.durationMs))],
    [sideWords.ruleSet, named((run) => (run.kind === "conformance" ? run.ruleSet : undefined))],
    [
      sideWords.cases,
      one((run) => (run.kind === "conformance" ? sideWords.countOfCases(run.summary.total) : undefined)),
    ],
    [sideWords.machine, named(({ environment }) => machineText(environment))],
    ...measured(loads),
  ];
  return new Map(
    facts.flatMap(([title, value]) => (value === undefined ? [] : [[title.en, { title, value }] as const])),
  );
}

/** Facts that are allowed to differ between any two sides. */
export function mayDiffer({ title }: SideFact): boolean {
  return title === sideWords.runs || title === sideWords.started;
}

const known = (text: string | undefined): Phrase | undefined => (text === undefined ? undefined : asIs(text));

const inTurn = (phrases: readonly Phrase[]): Phrase => ({
  en: phrases.map(({ en }) => en).join("; "),
  zh: phrases.map(({ zh }) => zh).join("；"),
});

/** A side in one line: `base: main (runs/main/, 3 runs)`. */
export function sideLine(role: Phrase, { name, source, runs }: Side): Phrase {
  const labels = [...new Set(runs.flatMap(({ run }) => run.label ?? []))].filter((label) => label !== name);
  const facts = [...(source === undefined ? [] : [source]), ...labels].map(asIs);
  if (runs.length > 1) facts.push(comparisonLines.countOfRuns(runs.length));
  return comparisonLines.side(role, name, listed(facts));
}

function period(runs: readonly Result[]): Phrase | undefined {
  const moments = runs.map(({ run }) => run.startedAt).sort();
  const [first] = moments;
  const last = moments.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return first === last ? asIs(formatMoment(first)) : sideWords.period(formatMoment(first), formatMoment(last));
}

/** What the leading metric came to, run by run: the runs are not merged here. */
function measured(loads: readonly LoadResult[]): [Phrase, Phrase][] {
  const [first] = loads;
  const leading = first && leadingMetric(first);
  if (leading === undefined) return [];
  const each = (text: (run: LoadResult) => string): Phrase => inTurn(loads.map((run) => asIs(text(run))));
  const named = (field: Phrase): Phrase => sideWords.measured(metricPhrase(leading), field);
  return [
    [named(sideWords.tail), each(({ metrics }) => formatLatency(metrics[leading]?.p99 ?? null))],
    [named(sideWords.median), each(({ metrics }) => formatLatency(metrics[leading]?.p50 ?? null))],
    [named(sideWords.throughput), each(({ metrics }) => `${formatNumber(metrics[leading]?.rate ?? 0)}/s`)],
  ];
}
