import type { EngineContainer } from "./container-engine.ts";
import type { ProcessUsage } from "./process-usage.ts";

/**
 * What the processes of a container have used, by the engine's own accounting: it is right on a remote engine and in a
 * virtual machine, too, where /proc shows nothing.
 */
export class ContainerUsage {
  readonly #container: EngineContainer;
  /** Processor time of the runs before the last start: the engine counts each from zero. */
  #cpuBefore = 0;
  #cpuNow = 0;
  #rssPeak = 0;

  constructor(container: EngineContainer) {
    this.#container = container;
  }

  /** Undefined while the container does not run. */
  async read(): Promise<ProcessUsage | undefined> {
    const stats = await this.#container.stats({ stream: false, "one-shot": true });
    const used = stats.memory_stats.usage;
    if (used === undefined) return undefined;
    const cpu = stats.cpu_stats.cpu_usage.total_usage / 1e9;
    if (cpu < this.#cpuNow) this.#cpuBefore += this.#cpuNow;
    this.#cpuNow = cpu;
    // Pages of files that could be dropped at once are no need of the server: `docker stats` leaves them out, too.
    const details = stats.memory_stats.stats as Record<string, number> | undefined;
    const rssBytes = used - (details?.["total_inactive_file"] ?? details?.["inactive_file"] ?? 0);
    this.#rssPeak = Math.max(this.#rssPeak, rssBytes);
    return { cpuSeconds: this.#cpuBefore + cpu, rssBytes, rssPeakBytes: this.#rssPeak };
  }
}
