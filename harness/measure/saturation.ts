import type { HarnessUsage, MachineUsage, SaturationRecord } from "../result/index.ts";
import { NOTICED_PAUSE_MS } from "./awake-clock.ts";
import { type Condition, percentileOf } from "./condition.ts";
import { tolerated } from "./held-up.ts";
import { LatencyHistogram } from "./latency-histogram.ts";
import { describeBusyMachine, type Limit, limitOf } from "./limit.ts";
import type { SelfSample } from "./self-monitor.ts";

/** An event loop that is busy for this share of a second has no room left. */
const BUSY_UTILIZATION = 0.97;
/** Share of the measured seconds that may be busy before the run counts as limited by its generator. */
const TOLERATED_BUSY_SHARE = 0.1;
/** Arrivals later than this count as late, milliseconds. */
const LATE_MS = 10;
/** What helps a generator that is its own limit. */
const ADVICE = "use more workers or cores, or a lower rate";

/** Whose limit a run has met, and why it counts as met, one sentence each. */
export interface MetLimit {
  limit: Limit;
  reasons: string[];
}

/** Gathers what the workers say about themselves during the measured time and judges whether they were the limit. */
export class SaturationJudge {
  readonly #lateness = new LatencyHistogram();
  readonly #delays: number[] = [];
  #busySamples = 0;
  #samples = 0;
  #cpuMillis = 0;
  #gcMillis = 0;
  #workerMillis = 0;
  #waitedMillis: number | undefined;
  #worstDelayP99Ms = 0;
  #longestPauseMs = 0;

  /** @param sample one worker's interval that lies wholly in the measured time */
  addMeasured(sample: SelfSample): void {
    this.#samples++;
    if (sample.eventLoopUtilization >= BUSY_UTILIZATION) this.#busySamples++;
    this.#cpuMillis += sample.cpu * sample.intervalMs;
    this.#gcMillis += sample.gc * sample.intervalMs;
    this.#workerMillis += sample.intervalMs;
    if (sample.waiting !== undefined)
      this.#waitedMillis = (this.#waitedMillis ?? 0) + sample.waiting * sample.intervalMs;
    this.#delays.push(sample.eventLoopDelayP99Ms);
    this.#worstDelayP99Ms = Math.max(this.#worstDelayP99Ms, sample.eventLoopDelayP99Ms);
  }

  /** Lateness and pauses count wherever they were reported: an arrival of the measured time may be acted on after its end. */
  addLateness(sample: SelfSample): void {
    this.#longestPauseMs = Math.max(this.#longestPauseMs, sample.longestPauseMs);
    if (sample.lateness) this.#lateness.merge(sample.lateness);
  }

  /** All that was gathered, for {@link merge} of another one. */
  record(): SaturationRecord {
    return {
      lateness: this.#lateness.encode(),
      delaysMs: [...this.#delays],
      samples: this.#samples,
      busySamples: this.#busySamples,
      cpuMs: this.#cpuMillis,
      gcMs: this.#gcMillis,
      workerMs: this.#workerMillis,
      ...(this.#waitedMillis !== undefined && { waitedMs: this.#waitedMillis }),
      worstDelayP99Ms: this.#worstDelayP99Ms,
      longestPauseMs: this.#longestPauseMs,
    };
  }

  /** Adds what the workers of another machine have said. */
  merge(record: SaturationRecord): void {
    this.#lateness.merge(record.lateness);
    for (const delay of record.delaysMs) this.#delays.push(delay);
    this.#samples += record.samples;
    this.#busySamples += record.busySamples;
    this.#cpuMillis += record.cpuMs;
    this.#gcMillis += record.gcMs;
    this.#workerMillis += record.workerMs;
    if (record.waitedMs !== undefined) this.#waitedMillis = (this.#waitedMillis ?? 0) + record.waitedMs;
    this.#worstDelayP99Ms = Math.max(this.#worstDelayP99Ms, record.worstDelayP99Ms);
    this.#longestPauseMs = Math.max(this.#longestPauseMs, record.longestPauseMs);
  }

  /**
   * That the generator did nothing for a long time, as a sentence; undefined when it did not.
   * @param noticedMs from how long on that matters, milliseconds; it is not known of pauses below a second
   */
  pause(noticedMs: number = NOTICED_PAUSE_MS): string | undefined {
    if (this.#longestPauseMs === 0 || this.#longestPauseMs < noticedMs) return undefined;
    return describePause(this.#longestPauseMs);
  }

  /**
   * Whether a figure of the measured time lies so far in the tail that the generator's lateness at the same place is
   * what it shows; further to the middle {@link judge} speaks for all figures.
   * @param valueMs the latency
   * @returns how late it was there, milliseconds; undefined when that does not matter
   */
  explains(condition: Pick<Condition, "aggregation">, valueMs: number): number | undefined {
    const percent = condition.aggregation === "max" ? 100 : (percentileOf(condition) ?? 0);
    if (percent <= 99) return undefined;
    const late = this.#lateness.percentile(percent) / 1000;
    return late > tolerated(valueMs) ? late : undefined;
  }

  get latenessP99Ms(): number {
    return this.#lateness.percentile(99) / 1000;
  }

  /**
   * @param latencyP99Ms the 99th percentile of the run's main latency, which the generator's own lateness is part of;
   *   undefined when there was none
   * @param machine how busy the machine was meanwhile
   * @returns undefined when the generator was in time
   */
  judge(latencyP99Ms: number | undefined, machine?: MachineUsage): MetLimit | undefined {
    const facts = this.#describeLateness(latencyP99Ms);
    // Who stood still is late by that: more workers or a lower rate do not help.
    const pause = this.pause();
    if (pause !== undefined) return { limit: "machine", reasons: [pause, ...facts] };
    if (facts.length === 0) return undefined;
    const share = (millis: number): number => (this.#workerMillis > 0 ? millis / this.#workerMillis : 0);
    const time = {
      running: share(this.#cpuMillis),
      waiting: this.#waitedMillis === undefined ? undefined : share(this.#waitedMillis),
    };
    const limit = limitOf(time, machine);
    if (limit === "machine") return { limit, reasons: [describeBusyMachine(time, machine), ...facts] };
    return { limit, reasons: facts.map((fact) => `${fact}; ${ADVICE}`) };
  }

  /** In what the generator was not in time. */
  #describeLateness(latencyP99Ms: number | undefined): string[] {
    const facts: string[] = [];
    const busyShare = this.#samples === 0 ? 0 : this.#busySamples / this.#samples;
    if (busyShare > TOLERATED_BUSY_SHARE)
      facts.push(`the generator was never idle in ${percent(busyShare)} of the measured seconds`);
    const allowed = tolerated(latencyP99Ms ?? 0);
    const inBrackets = `(tolerated: ${allowed.toFixed(1)} ms)`;
    if (this.latenessP99Ms > allowed) {
      facts.push(
        `the generator acted on 1% of the arrivals more than ${this.latenessP99Ms.toFixed(1)} ms after their intended time ${inBrackets}`,
      );
    }
    const delay = this.#typicalDelayMs();
    if (delay > allowed) {
      facts.push(
        `the generator's event loop was held up for ${delay.toFixed(1)} ms and more at the 99th percentile of an ordinary second ${inBrackets}`,
      );
    }
    return facts;
  }

  /** @param durationMs length of the measured time */
  usage(durationMs: number): Pick<HarnessUsage, "cpu" | "eventLoopDelayMs" | "gc" | "lateSends" | "maxLateMs"> {
    return {
      cpu: durationMs > 0 ? Number((this.#cpuMillis / durationMs).toFixed(3)) : 0,
      eventLoopDelayMs: Number(this.#worstDelayP99Ms.toFixed(2)),
      gc: this.#workerMillis > 0 ? Number((this.#gcMillis / this.#workerMillis).toFixed(4)) : 0,
      lateSends: this.#countLate(),
      maxLateMs: Number((this.#lateness.max / 1000).toFixed(2)),
    };
  }

  /** The median second, so that one pause of the machine does not void a long run. */
  #typicalDelayMs(): number {
    const sorted = [...this.#delays].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  }

  #countLate(): number {
    if (this.#lateness.count === 0) return 0;
    // The share is found by bisection over percentiles: the histogram has no query by value.
    let low = 0;
    let high = 100;
    for (let step = 0; step < 30; step++) {
      const middle = (low + high) / 2;
      if (this.#lateness.percentile(middle) / 1000 > LATE_MS) high = middle;
      else low = middle;
    }
    return Math.round(this.#lateness.count * (1 - high / 100));
  }
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** That a generator did nothing for so many milliseconds, as a sentence. */
export function describePause(millis: number): string {
  return (
    `the generator stood still for ${(millis / 1000).toFixed(1)} s at a time (its process was stopped, this machine was ` +
    "suspended, or the scenario's own code did not return): its effects are not blamed on the target; measure again"
  );
}
