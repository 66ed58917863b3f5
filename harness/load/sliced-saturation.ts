import { type MetLimit, SaturationJudge } from "../measure/index.ts";
import type { SliceRecord } from "../result/index.ts";
import { nameOfSlice } from "./slice.ts";

/** A slice's own watch over its generator. */
interface Watched {
  slice: SliceRecord;
  own: SaturationJudge;
}

/**
 * Judges the generators of all slices as one: a slice that was late counts by its part of all samples, as a worker of one
 * machine does. Where that is too much, those who were late are named.
 */
export class SlicedSaturation {
  readonly #whole: SaturationJudge;
  readonly #slices: readonly Watched[];

  /** @param whole what all slices have said */
  constructor(whole: SaturationJudge, slices: readonly SliceRecord[]) {
    this.#whole = whole;
    this.#slices = slices.map((slice) => {
      const own = new SaturationJudge();
      own.merge(slice.figures.saturation);
      return { slice, own };
    });
  }

  /** As {@link SaturationJudge.judge}, on the whole. */
  judge(latencyP99Ms: number | undefined): MetLimit | undefined {
    const whole = this.#whole.judge(latencyP99Ms);
    if (!whole) return undefined;
    const met = this.#slices.flatMap(({ slice, own }) => {
      const limit = own.judge(latencyP99Ms, slice.figures.machine);
      return limit ? [{ slice, limit }] : [];
    });
    const [worst] = met;
    if (!worst) return whole;
    const reasons = met.flatMap(({ slice, limit }) => limit.reasons.map((one) => `${nameOfSlice(slice)}: ${one}`));
    return { limit: worst.limit.limit, reasons };
  }

  /** As {@link SaturationJudge.pause}, of any slice. */
  pause(noticedMs?: number): string | undefined {
    return this.#whole.pause(noticedMs);
  }

  /** As {@link SaturationJudge.explains}, on the whole. */
  explains(...asked: Parameters<SaturationJudge["explains"]>): number | undefined {
    return this.#whole.explains(...asked);
  }

  /** As {@link SaturationJudge.usage}, of all slices together. */
  usage(durationMs: number): ReturnType<SaturationJudge["usage"]> {
    return this.#whole.usage(durationMs);
  }
}
