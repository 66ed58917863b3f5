import { monitorEventLoopDelay, PerformanceObserver, performance } from "node:perf_hooks";
import { nowMicros } from "./clock.ts";
import { type EncodedLatencies, LatencyHistogram } from "./latency-histogram.ts";

/** How the generator itself did since the last sample. */
export interface SelfSample {
  /** Length of the interval, milliseconds. */
  intervalMs: number;
  /** Cores used: 1 is one core busy all the time. */
  cpu: number;
  rssBytes: number;
  /** Share of the interval in which the event loop was not idle, 0 to 1. */
  eventLoopUtilization: number;
  eventLoopDelayP99Ms: number;
  eventLoopDelayMaxMs: number;
  /** Share of the interval spent in garbage collection, 0 to 1. */
  gc: number;
  /** How late messages left, counted from their intended time; only those due in the measured time. */
  lateness: EncodedLatencies | undefined;
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
  #at = nowMicros();

  constructor() {
    this.#gcObserver = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) this.#gcMs += entry.duration;
    });
    this.#gcObserver.observe({ entryTypes: ["gc"] });
    this.#delay.enable();
  }

  /** Notes that a message left `micros` after its intended time. */
  sentLate(micros: number): void {
    this.#lateness.record(micros);
  }

  sample(): SelfSample {
    const at = nowMicros();
    const cpu = process.cpuUsage();
    const utilization = performance.eventLoopUtilization();
    const micros = Math.max(1, at - this.#at);
    const sample: SelfSample = {
      intervalMs: micros / 1000,
      cpu: (cpu.user + cpu.system - this.#cpu.user - this.#cpu.system) / micros,
      rssBytes: process.memoryUsage.rss(),
      eventLoopUtilization: performance.eventLoopUtilization(utilization, this.#utilization).utilization,
      eventLoopDelayP99Ms: delayMillis(this.#delay.percentile(99)),
      eventLoopDelayMaxMs: delayMillis(this.#delay.max),
      gc: (this.#gcMs * 1000) / micros,
      lateness: this.#lateness.count > 0 ? this.#lateness.encode() : undefined,
    };
    this.#delay.reset();
    this.#lateness.reset();
    this.#gcMs = 0;
    this.#cpu = cpu;
    this.#utilization = utilization;
    this.#at = at;
    return sample;
  }

  stop(): void {
    this.#delay.disable();
    this.#gcObserver.disconnect();
  }
}

/** Node measures the time between two ticks of its probe, which are one resolution apart when nothing is late. */
function delayMillis(nanos: number): number {
  return Number.isFinite(nanos) ? Math.max(0, nanos / 1e6 - RESOLUTION_MS) : 0;
}
