import type { LoadResult, ProcessSample } from "../result/index.ts";
import { MetricsScraper, type ProcessMetrics, type ProcessUsage, type Target } from "../targets/index.ts";
import { nowMicros } from "./clock.ts";

/** What a counter of processor time said, and when. */
interface CpuMark {
  atMicros: number;
  cpuSeconds: number;
  /** Which process it belongs to, where that is known. */
  startedAt: number | undefined;
}

/**
 * Watches the processor, memory and event loop of the target from outside: through the operating system where the run
 * started it, and through its `/metrics` where it has one.
 */
export class TargetUsage {
  readonly #usage: () => Promise<ProcessUsage | undefined>;
  readonly #scraper: MetricsScraper | undefined;
  readonly #from = new Set<"process" | "metrics">();
  #mark: CpuMark | undefined;
  /** The shortest tick of the target's event loop probe so far: its interval, which is not delay. */
  #probeSeconds = Number.POSITIVE_INFINITY;

  /** @param metricsUrl where its metrics are; default `/metrics` of its HTTP API */
  constructor(target: Pick<Target, "usage" | "http">, metricsUrl: string | undefined = metricsOf(target.http)) {
    this.#usage = () => target.usage();
    this.#scraper = metricsUrl === undefined ? undefined : new MetricsScraper(metricsUrl);
  }

  /** How the target did since the last call, to be made once a second; undefined where nothing can be seen. */
  async sample(): Promise<ProcessSample | undefined> {
    const [usage, metrics] = await Promise.all([this.#usage().catch(() => undefined), this.#scraper?.scrape()]);
    const sample: ProcessSample = {};
    if (usage) this.#from.add("process");
    if (metrics) this.#from.add("metrics");
    const cpu = this.#cores(usage ?? metrics, usage ? undefined : metrics?.startedAt);
    if (cpu !== undefined) sample.cpu = cpu;
    const rssBytes = usage?.rssBytes ?? metrics?.rssBytes;
    if (rssBytes !== undefined) sample.rssBytes = rssBytes;
    const delay = this.#eventLoopDelayMs(metrics ?? {});
    if (delay !== undefined) sample.eventLoopDelayMs = delay;
    return Object.keys(sample).length > 0 ? sample : undefined;
  }

  /** Where the figures came from, and why none came from where some could have been. */
  describe(): NonNullable<LoadResult["targetUsage"]> {
    const missing = this.#scraper
      ? this.#scraper.missing
      : "the run knows no HTTP address of the target, so no /metrics was read";
    return {
      from: [...this.#from],
      ...(this.#scraper && { url: this.#scraper.url }),
      ...(missing !== undefined && { missing }),
    };
  }

  #cores(reading: { cpuSeconds?: number } | undefined, startedAt: number | undefined): number | undefined {
    if (reading?.cpuSeconds === undefined) return undefined;
    const before = this.#mark;
    const mark: CpuMark = { atMicros: nowMicros(), cpuSeconds: reading.cpuSeconds, startedAt };
    this.#mark = mark;
    // A process that was started anew, or another one behind the same address, counts from its own zero.
    if (!before || before.startedAt !== startedAt || mark.cpuSeconds < before.cpuSeconds) return undefined;
    const seconds = (mark.atMicros - before.atMicros) / 1_000_000;
    return seconds > 0 ? Number(((mark.cpuSeconds - before.cpuSeconds) / seconds).toFixed(3)) : undefined;
  }

  #eventLoopDelayMs({ eventLoopP99, eventLoopMin }: ProcessMetrics): number | undefined {
    // A probe that has not ticked since the last scrape says 2^63 ns.
    if (eventLoopMin !== undefined && eventLoopMin < 3600)
      this.#probeSeconds = Math.min(this.#probeSeconds, eventLoopMin);
    if (eventLoopP99 === undefined) return undefined;
    const probe = Number.isFinite(this.#probeSeconds) ? this.#probeSeconds : 0;
    return Number((Math.max(0, eventLoopP99 - probe) * 1000).toFixed(2));
  }
}

function metricsOf(http: string | undefined): string | undefined {
  return http === undefined ? undefined : `${http.replace(/\/+$/, "")}/metrics`;
}
