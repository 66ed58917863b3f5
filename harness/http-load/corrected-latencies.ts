import { LatencyHistogram } from "../measure/index.ts";

/** Most samples that are added for one slow answer: a server that stands still must not fill the histogram alone. */
const MOST_ADDED = 10_000;

/**
 * Latencies of connections that send the next request only when the last is answered. While such a connection waits
 * for a slow answer, it leaves out requests that were due; each counts with the time it would have waited, or the
 * slowness would be measured too rarely (coordinated omission).
 */
export class CorrectedLatencies {
  readonly histogram: LatencyHistogram = new LatencyHistogram();
  readonly #expectedIntervalMs: number;

  /** @param expectedIntervalMs between two requests of one connection at the asked rate */
  constructor(expectedIntervalMs: number) {
    this.#expectedIntervalMs = expectedIntervalMs;
  }

  record(millis: number): void {
    this.histogram.record(millis * 1000);
    let left = millis - this.#expectedIntervalMs;
    for (let added = 0; left >= this.#expectedIntervalMs && added < MOST_ADDED; added++) {
      this.histogram.record(left * 1000);
      left -= this.#expectedIntervalMs;
    }
  }
}
