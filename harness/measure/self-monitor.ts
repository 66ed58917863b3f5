import { readFileSync } from "node:fs";
import { monitorEventLoopDelay, PerformanceObserver, performance } from "node:perf_hooks";
import type { EncodedLatencies } from "../result/index.ts";
import { nowMicros } from "./clock.ts";
import { LatencyHistogram } from "./latency-histogram.ts";

/** How the generator itself did since the last sample. */
export interface SelfSample {
  /** Length of the interval, milliseconds. */
  intervalMs: number;
  /** Cores used: 1 is one core busy all the time. */
  cpu: number;
  /**
   * Part of the interval in which the process was ready to run and had no processor, 0 to 1; undefined where the system
   * does not tell.
   */
  waiting: number | undefined;
  rssBytes: number;
  /** Share of the interval in which the event loop was not idle, 0 to 1. */
  eventLoopUtilization: number;
  eventLoopDelayP99Ms: number;
  eventLoopDelayMaxMs: number;
  /** Share of the interval spent in garbage collection, 0 to 1. */
  gc: number;
  /** How late arrivals were acted on, counted from their intended time; only those due in the measured time. */
  lateness: EncodedLatencies | undefined;
  /** The longest time in which the process did nothing at all, milliseconds; 0 when it never paused for a second. */
  longestPauseMs: number;
}

const RESOLUTION_MS = 5;

/** Watches one process of the generator: event loop, CPU, garbage collection, memory, late sends. */
export class SelfMonitor {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  readonly #gcObserver: PerformanceObserver;
  readonly #lateness = new LatencyHistogram();
  #gcMs = 0;
  #utilization = performance.eventLoopUtilization();
  #cpu = process.cpuUsage();
  #waitedNanos = waitedNanos();
  #at = nowMicros();
  #rssBytes = 0;
  #longestPauseMs = 0;

  constructor() {
    this.#gcObserver = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) this.#gcMs += entry.duration;
    });
    this.#gcObserver.observe({ entryTypes: ["gc"] });
    this.#delay.enable();
  }

  /** Notes that an arrival was acted on `micros` after its intended time. */
  actedLate(micros: number): void {
    this.#lateness.record(micros);
  }

  /** Forgets how the event loop was held up until now, as by getting ready. */
  beginAnew(): void {
    this.#delay.reset();
  }

  /** Notes that the process did nothing at all for so long. */
  paused(millis: number): void {
    this.#longestPauseMs = Math.max(this.#longestPauseMs, millis);
  }

  sample(): SelfSample {
    const at = nowMicros();
    const cpu = process.cpuUsage();
    const utilization = performance.eventLoopUtilization();
    const micros = Math.max(1, at - this.#at);
    const waited = waitedNanos();
    const sample: SelfSample = {
      intervalMs: micros / 1000,
      cpu: (cpu.user + cpu.system - this.#cpu.user - this.#cpu.system) / micros,
      waiting:
        this.#waitedNanos === undefined || waited === undefined
          ? undefined
          : (waited - this.#waitedNanos) / 1000 / micros,
      rssBytes: this.#residentBytes(),
      eventLoopUtilization: performance.eventLoopUtilization(utilization, this.#utilization).utilization,
      eventLoopDelayP99Ms: delayMillis(this.#delay.percentile(99)),
      eventLoopDelayMaxMs: delayMillis(this.#delay.max),
      gc: (this.#gcMs * 1000) / micros,
      lateness: this.#lateness.count > 0 ? this.#lateness.encode() : undefined,
      longestPauseMs: this.#longestPauseMs,
    };
    this.#delay.reset();
    this.#lateness.reset();
    this.#longestPauseMs = 0;
    this.#gcMs = 0;
    this.#cpu = cpu;
    this.#waitedNanos = waited;
    this.#utilization = utilization;
    this.#at = at;
    return sample;
  }

  stop(): void {
    this.#delay.disable();
    this.#gcObserver.disconnect();
  }

  /** As last known where the system does not tell: reading it takes a descriptor, and there may be none left. */
  #residentBytes(): number {
    try {
      this.#rssBytes = process.memoryUsage.rss();
    } catch {
      // The figure of the second before is close.
    }
    return this.#rssBytes;
  }
}

/** How long this process's main thread has waited in a run queue so far, as Linux tells it. */
function waitedNanos(): number | undefined {
  try {
    const [, waited] = readFileSync("/proc/self/schedstat", "latin1").split(" ");
    return waited === undefined ? undefined : Number(waited);
  } catch {
    return undefined;
  }
}

/** Node measures the time between two ticks of its probe, which are one resolution apart when nothing is late. */
function delayMillis(nanos: number): number {
  return Number.isFinite(nanos) ? Math.max(0, nanos / 1e6 - RESOLUTION_MS) : 0;
}
