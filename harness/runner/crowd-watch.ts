import { readFileSync } from "node:fs";
import { cpus } from "node:os";

/** How often the watch looks, in milliseconds. */
const INTERVAL_MS = 200;
/** How far back the watch remembers, in milliseconds: longer than the longest case. */
const MEMORY_MS = 300_000;
/** From so many processes on that want to run, for each processor, a server on this machine may answer seconds late. */
const CROWD = 6;

/**
 * Counts the processes of this machine that want to run: a target beside many others is late by their doing. Where the
 * system does not tell, there is never a crowd.
 */
export class CrowdWatch {
  readonly #looks: { at: number; runnable: number }[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #count: () => number;
  readonly #processors: number = cpus().length;

  /** @param count how many processes want to run now */
  constructor(count: () => number = runnableNow) {
    this.#count = count;
    this.#timer = setInterval(() => this.#look(), INTERVAL_MS);
  }

  /**
   * The crowd that there was on average since a time of `performance.now()`, in words; undefined when there was none.
   */
  since(time: number): string | undefined {
    const looks = this.#looks.filter(({ at }) => at >= time);
    const mean = looks.reduce((sum, { runnable }) => sum + runnable, 0) / looks.length;
    if (!(mean >= CROWD * this.#processors)) return undefined;
    return `${Math.round(mean)} processes wanted to run at a time on ${this.#processors} processors`;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const at = performance.now();
    this.#looks.push({ at, runnable: this.#count() });
    while ((this.#looks[0]?.at ?? at) < at - MEMORY_MS) this.#looks.shift();
  }
}

function runnableNow(): number {
  try {
    return Number(/^procs_running (\d+)/m.exec(readFileSync("/proc/stat", "latin1"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
