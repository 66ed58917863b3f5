import type { EncodedLatencies } from "../result/index.ts";
import { LatencyHistogram } from "./latency-histogram.ts";
import { alwaysMeasured, type CounterName } from "./metrics.ts";

/** What happened since the last flush: small, whatever the number of samples. */
export interface RecorderFlush {
  /** Samples whose intended time lies in the measured time. */
  measured: Record<string, EncodedLatencies>;
  /** The others: warm-up, ramp. They show in the series and count for nothing else. */
  outside: Record<string, EncodedLatencies>;
  counts: Partial<Record<CounterName, number>>;
  /** Counts whose intended time lies in the measured time. */
  measuredCounts: Partial<Record<CounterName, number>>;
  /** Errors by kind. */
  errors: Record<string, number>;
  /** From when to when what is measured throughout was due, microseconds, by metric. */
  spans?: Record<string, [from: number, to: number]>;
}

/**
 * Takes a worker's samples and hands them over once a second. A sample belongs to the measured time by its *intended*
 * time: what was due during a stall and came late is counted, and what the warm-up left behind is not.
 */
export class Recorder {
  readonly #measured = new Map<string, LatencyHistogram>();
  readonly #outside = new Map<string, LatencyHistogram>();
  #counts: Partial<Record<CounterName, number>> = {};
  #measuredCounts: Partial<Record<CounterName, number>> = {};
  #errors: Record<string, number> = {};
  #spans: Record<string, [from: number, to: number]> = {};
  #from = Number.POSITIVE_INFINITY;
  #to = Number.POSITIVE_INFINITY;

  /** Sets the measured time, on the clock of `nowMicros`. */
  setMeasuredTime(fromMicros: number, toMicros: number): void {
    this.#from = fromMicros;
    this.#to = toMicros;
  }

  isMeasured(intendedMicros: number): boolean {
    return intendedMicros >= this.#from && intendedMicros < this.#to;
  }

  /** @param micros how long it took, counted from `intendedMicros` */
  latency(metric: string, micros: number, intendedMicros: number): void {
    const isAlways = alwaysMeasured.has(metric);
    if (isAlways) this.#widen(metric, intendedMicros);
    const into = isAlways || this.isMeasured(intendedMicros) ? this.#measured : this.#outside;
    let histogram = into.get(metric);
    if (!histogram) {
      histogram = new LatencyHistogram();
      into.set(metric, histogram);
    }
    histogram.record(micros);
  }

  /** Counts one event that was due at `intendedMicros`. */
  count(name: CounterName, intendedMicros: number): void {
    this.#counts[name] = (this.#counts[name] ?? 0) + 1;
    if (this.isMeasured(intendedMicros)) this.#measuredCounts[name] = (this.#measuredCounts[name] ?? 0) + 1;
  }

  /** @param kind what went wrong, e.g. `login timeout`; kinds are few, whatever the number of errors */
  error(kind: string, intendedMicros: number): void {
    this.#errors[kind] = (this.#errors[kind] ?? 0) + 1;
    this.count("errors", intendedMicros);
  }

  #widen(metric: string, at: number): void {
    const span = this.#spans[metric];
    if (!span) this.#spans[metric] = [at, at];
    else if (at < span[0]) span[0] = at;
    else if (at > span[1]) span[1] = at;
  }

  flush(): RecorderFlush {
    const flush: RecorderFlush = {
      measured: take(this.#measured),
      outside: take(this.#outside),
      counts: this.#counts,
      measuredCounts: this.#measuredCounts,
      errors: this.#errors,
      spans: this.#spans,
    };
    this.#counts = {};
    this.#measuredCounts = {};
    this.#errors = {};
    this.#spans = {};
    return flush;
  }
}

function take(histograms: Map<string, LatencyHistogram>): Record<string, EncodedLatencies> {
  const encoded: Record<string, EncodedLatencies> = {};
  for (const [name, histogram] of histograms) {
    if (histogram.count === 0) continue;
    encoded[name] = histogram.encode();
    histogram.reset();
  }
  return encoded;
}
