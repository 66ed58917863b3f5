import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  initWebAssemblySync,
  type WasmHistogram,
} from "hdr-histogram-js";
import type { EncodedLatencies } from "../result/index.ts";

initWebAssemblySync();

/** Largest latency that is told apart, in microseconds: 10 minutes. Longer ones count as this long. */
export const MAX_LATENCY_MICROS: number = 600_000_000;

/**
 * Latencies in microseconds with three significant digits and constant memory, in the WebAssembly core of
 * hdr-histogram-js (18 ns per sample here). Mean, minimum and maximum are kept exactly beside it.
 */
export class LatencyHistogram {
  #hdr: WasmHistogram = emptyHdr();
  #count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;

  /** @param micros latency; below one microsecond counts as one, above {@link MAX_LATENCY_MICROS} as that */
  record(micros: number): void {
    const value = micros < 1 ? 1 : micros > MAX_LATENCY_MICROS ? MAX_LATENCY_MICROS : Math.round(micros);
    this.#hdr.recordValue(value);
    this.#count++;
    this.#sum += value;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }

  get count(): number {
    return this.#count;
  }

  get sum(): number {
    return this.#sum;
  }

  /** Exact smallest sample in microseconds; 0 without samples. */
  get min(): number {
    return this.#count === 0 ? 0 : this.#min;
  }

  /** Exact largest sample in microseconds; 0 without samples. */
  get max(): number {
    return this.#max;
  }

  /** Exact mean in microseconds; 0 without samples. */
  get mean(): number {
    return this.#count === 0 ? 0 : this.#sum / this.#count;
  }

  /** @param percent 0 to 100; the value that this share of the samples does not exceed, in microseconds */
  percentile(percent: number): number {
    if (this.#count === 0) return 0;
    // The bucket's upper end can lie above the largest sample.
    return Math.min(this.#hdr.getValueAtPercentile(percent), this.#max);
  }

  encode(): EncodedLatencies {
    return {
      data: encodeIntoCompressedBase64(this.#hdr),
      count: this.#count,
      sum: this.#sum,
      min: this.min,
      max: this.#max,
    };
  }

  /** Adds the samples of another histogram, bucket by bucket: the result is that of recording all samples here. */
  merge(other: EncodedLatencies): void {
    if (other.count === 0) return;
    const decoded = decodeFromCompressedBase64(other.data, 32, true) as WasmHistogram;
    this.#hdr.add(decoded);
    decoded.destroy();
    this.#count += other.count;
    this.#sum += other.sum;
    this.#min = Math.min(this.#min, other.min);
    this.#max = Math.max(this.#max, other.max);
  }

  reset(): void {
    this.#hdr.reset();
    this.#count = 0;
    this.#sum = 0;
    this.#min = Number.POSITIVE_INFINITY;
    this.#max = 0;
  }

  /** Gives its memory back to the WebAssembly heap; the histogram must not be used afterwards. */
  release(): void {
    this.#hdr.destroy();
  }
}

function emptyHdr(): WasmHistogram {
  return build({
    useWebAssembly: true,
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: MAX_LATENCY_MICROS,
    numberOfSignificantValueDigits: 3,
    autoResize: false,
  }) as WasmHistogram;
}
