import { CuppingError } from "../errors.ts";
import { parseDuration } from "../measure/index.ts";
import type { Random } from "./random.ts";

/** A stretch of time in which the rate goes in a straight line from one value to another. */
export interface RateStage {
  durationMs: number;
  /** Arrivals per second. */
  fromRate: number;
  toRate: number;
}

/** How arrivals are spaced: `poisson` as independent users arrive, `uniform` as a clock ticks. */
export type ArrivalSpacing = "poisson" | "uniform";

/**
 * Reads `30s:1000,2m:5000`: in each stage the rate goes in a straight line from where it is to the given one, as k6
 * has it; the first stage begins at 0.
 * @throws CuppingError `usage`
 */
export function parseStages(text: string): RateStage[] {
  let rate = 0;
  return text.split(",").map((part) => {
    const [duration, target, ...rest] = part.trim().split(":");
    if (!duration || target === undefined || rest.length > 0 || !/^\d+(\.\d+)?$/.test(target)) {
      throw new CuppingError(
        "usage",
        `--stages: "${part}" is not a stage; expected DURATION:TARGET, for example 30s:1000,2m:5000`,
      );
    }
    const stage = { durationMs: parseDuration(duration, "--stages"), fromRate: rate, toRate: Number(target) };
    rate = stage.toRate;
    return stage;
  });
}

/** Gives out intended times one by one. Which of them is late is for the caller to see: none is ever dropped. */
export class ArrivalSchedule {
  readonly #stages: readonly RateStage[];
  readonly #spacing: ArrivalSpacing;
  readonly #random: Random;
  #stage = 0;
  #stageStartMs = 0;
  /** Arrivals of the present stage that were given out, as a real number. */
  #inStage = 0;

  constructor(stages: readonly RateStage[], spacing: ArrivalSpacing, random: Random) {
    this.#stages = stages.filter((stage) => stage.durationMs > 0);
    this.#spacing = spacing;
    this.#random = random;
    // The first step is a whole interval for the clock, a drawn one for independent users.
    this.#inStage = spacing === "uniform" ? -1 : 0;
  }

  /** @returns milliseconds since the first stage began, or undefined when the last stage is over */
  next(): number | undefined {
    this.#inStage += this.#spacing === "poisson" ? this.#random.exponential() : 1;
    for (;;) {
      const stage = this.#stages[this.#stage];
      if (!stage) return undefined;
      const { fromRate: from, toRate: to } = stage;
      const whole = (((from + to) / 2) * stage.durationMs) / 1000;
      if (this.#inStage < whole) return this.#stageStartMs + timeOfArrival(this.#inStage, from, to, stage.durationMs);
      this.#inStage -= whole;
      this.#stageStartMs += stage.durationMs;
      this.#stage++;
    }
  }
}

/** When the `count`-th arrival of a stage is due: the inverse of rate × time, or of a parabola when the rate changes. */
function timeOfArrival(count: number, from: number, to: number, durationMs: number): number {
  const arrivals = Math.max(0, count);
  const seconds = durationMs / 1000;
  const slope = (to - from) / seconds;
  if (Math.abs(slope) < 1e-12) return (arrivals / from) * 1000;
  return ((-from + Math.sqrt(from * from + 2 * slope * arrivals)) / slope) * 1000;
}
