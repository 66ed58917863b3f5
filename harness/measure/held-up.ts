import type { HeldUpInterval } from "../result/index.ts";
import { type Condition, percentileOf } from "./condition.ts";
import type { SelfSample } from "./self-monitor.ts";

/** Below this it is the grain of timers and of a shared machine, milliseconds. */
const TOLERATED_LATENESS_MS = 25;
/** Above that, the share of a measured latency that may be the generator's own doing. */
const TOLERATED_SHARE = 0.25;

/**
 * When the generator was held up while something was measured that has no intended times to be late by, such as
 * clients that come up: what was on its way then took that much longer.
 */
export class HeldUpTimes {
  readonly #intervals: HeldUpInterval[] = [];

  /** @param sample one worker's interval, in which something was measured */
  add(sample: SelfSample): void {
    const heldUpMs = Math.max(sample.eventLoopDelayMaxMs, sample.longestPauseMs);
    this.#intervals.push({ millis: Math.max(sample.intervalMs, heldUpMs), heldUpMs });
  }

  /** Everything that was added, for {@link merge} of another one. */
  get intervals(): readonly HeldUpInterval[] {
    return this.#intervals;
  }

  /** Adds what another one knows. */
  merge(intervals: readonly HeldUpInterval[]): void {
    this.#intervals.push(...intervals);
  }

  /**
   * Whether a latency may be what it is because the generator was held up, for so long and so often that it shows in
   * this figure.
   * @param valueMs the latency, as the condition's aggregation has it
   * @returns for how long at a time, milliseconds; undefined when it was not
   */
  explains(condition: Pick<Condition, "aggregation">, valueMs: number): number | undefined {
    const long = this.#intervals.filter(({ heldUpMs }) => heldUpMs > tolerated(valueMs));
    // What was sent up to one latency before was on its way still.
    const touchedMs = long.reduce((sum, { millis, heldUpMs }) => sum + Math.min(millis, heldUpMs + valueMs), 0);
    const allMs = this.#intervals.reduce((sum, { millis }) => sum + millis, 0);
    return long.length > 0 && touchedMs >= allMs * shareBeyond(condition)
      ? Math.max(...long.map(({ heldUpMs }) => heldUpMs))
      : undefined;
  }
}

/** How late a generator may be that measures a latency of `latencyMs`, milliseconds. */
export function tolerated(latencyMs: number): number {
  return Math.max(TOLERATED_LATENESS_MS, TOLERATED_SHARE * latencyMs);
}

/** The part of all samples that has to be changed for the figure to change by as much; a mean is changed by any. */
function shareBeyond(condition: Pick<Condition, "aggregation">): number {
  if (condition.aggregation === "med") return 0.5;
  return condition.aggregation === "min" ? 1 : 1 - (percentileOf(condition) ?? 100) / 100;
}
