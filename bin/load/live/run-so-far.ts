import type { Progress } from "../../../harness/load/index.ts";
import { formatDuration } from "../../../harness/measure/index.ts";
import type { IntervalLatency, MetricSummary, Phase, SeriesPoint } from "../../../harness/result/index.ts";
import {
  type ChartedLoad,
  figureWords,
  type LiveState,
  leadingMetric,
  liveWords,
  metricPhrase,
  type Phrase,
  phasePhrase,
} from "../../../reports/index.ts";
import { phaseNames } from "../progress.ts";

/** Points that the page of a running load shows, one a second: the report has them all. */
const LONGEST_SECONDS = 3600;

/** A load as far as it has come. In a search each run begins anew. */
export class RunSoFar {
  readonly #subject: Phrase;
  #points: SeriesPoint[] = [];
  #phases: Phase[] = [];
  #metrics: Record<string, MetricSummary> = {};
  #peak = 0;
  #latest: Progress | undefined;

  /** @param subject what is run against what */
  constructor(subject: Phrase) {
    this.#subject = subject;
  }

  /** @returns whether there is another second to be drawn */
  add(progress: Progress): boolean {
    if (this.#latest !== undefined && progress.elapsedMs < this.#latest.elapsedMs) this.#begin();
    this.#latest = progress;
    this.#peak = Math.max(this.#peak, progress.clients);
    this.#addPhase(progress);
    if (progress.point === undefined) return false;
    this.#points.push(progress.point);
    if (this.#points.length > LONGEST_SECONDS) this.#points.shift();
    for (const [name, latency] of Object.entries(progress.point.metrics)) this.#metrics[name] = summaryOf(latency);
    return true;
  }

  #begin(): void {
    this.#points = [];
    this.#phases = [];
    this.#metrics = {};
    this.#peak = 0;
  }

  #addPhase({ phase, elapsedMs }: Progress): void {
    const name = phaseNames[phase];
    const last = this.#phases.at(-1);
    if (last !== undefined) last.durationMs = elapsedMs - last.at;
    if (last?.name !== name) this.#phases.push({ name, at: elapsedMs, durationMs: 0 });
  }

  /** What can be drawn of it. */
  get charted(): ChartedLoad {
    return {
      series: this.#points,
      phases: this.#phases,
      metrics: this.#metrics,
      clients: { peak: this.#peak },
    };
  }

  /** The present second at a glance. */
  get state(): LiveState {
    const { phase = "ramp", elapsedMs = 0, leftMs, clients = 0, violations = 0, errors = 0 } = this.#latest ?? {};
    const point = this.#points.at(-1);
    const leading = leadingMetric({ metrics: this.#metrics });
    const latency = leading === undefined ? undefined : point?.metrics[leading];
    const { sent = 0, delivered = 0, logins = 0 } = point?.rates ?? {};
    return {
      subject: this.#subject,
      phase: this.#latest === undefined ? liveWords.waiting : phasePhrase(phaseNames[phase]),
      sentence: liveWords.elapsed(wholeSeconds(elapsedMs), leftMs === undefined ? undefined : wholeSeconds(leftMs)),
      figures: [
        {
          label: figureWords.tail(leading === undefined ? figureWords.latency : metricPhrase(leading)),
          value: latency === undefined ? "–" : `${latency.p99.toFixed(1)} ms`,
          note: latency === undefined ? liveWords.nothingYet : liveWords.lastSecond(`${latency.p50.toFixed(1)} ms`),
        },
        {
          label: liveWords.clients,
          value: String(clients),
          note: sent > 0 || delivered > 0 ? liveWords.messages(sent, delivered) : liveWords.logins(logins),
        },
        {
          label: figureWords.violations,
          value: String(violations),
          note: liveWords.errors(errors),
          bad: violations > 0,
        },
      ],
    };
  }
}

function wholeSeconds(ms: number): string {
  return formatDuration(Math.round(ms / 1000) * 1000);
}

/** The last second's latency, in the form of a whole run's. */
function summaryOf({ count, p50, p90, p95, p99, p999, max }: IntervalLatency): MetricSummary {
  const notYet = { min: null, mean: null, p90: p90 ?? null, p95: p95 ?? null, p999: p999 ?? null };
  return { unit: "ms", count, rate: count, p50, p99, max, ...notYet };
}
