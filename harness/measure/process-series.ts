import type { ProcessSample, SeriesPoint } from "../result/index.ts";
import { SelfMonitor } from "./self-monitor.ts";

/** Something that tells once a second how a process did since the last time. */
export interface Sampler {
  sample(): Promise<ProcessSample | undefined>;
  stop?(): void;
}

/** How generator and target did, second by second, beside what another program measures. */
export class ProcessSeries {
  readonly #generator: Sampler;
  readonly #target: Sampler | undefined;
  readonly #seconds = new Map<number, Pick<SeriesPoint, "harness" | "target">>();
  readonly #begun = Date.now();
  readonly #timer: NodeJS.Timeout;
  #second = 0;

  /**
   * Begins with the first second now.
   * @param generator default: this process
   */
  constructor(target: Sampler | undefined, generator: Sampler = selfSampler()) {
    this.#target = target;
    this.#generator = generator;
    // A run that ends with an error must not be kept alive by its watching.
    this.#timer = setInterval(() => void this.#secondIsOver(), 1000).unref();
  }

  async #secondIsOver(): Promise<void> {
    const point: Pick<SeriesPoint, "harness" | "target"> = {};
    this.#seconds.set(this.#second++, point);
    const [harness, target] = await Promise.all([this.#generator.sample(), this.#target?.sample()]);
    if (harness) point.harness = harness;
    if (target) point.target = target;
  }

  /**
   * The points with what was seen in their second.
   * @param from Unix milliseconds that the points' times count from; default: when this series began
   */
  addTo(points: readonly SeriesPoint[], from: number = this.#begun): SeriesPoint[] {
    const shift = from - this.#begun;
    return points.map((point) => ({ ...point, ...this.#seconds.get(Math.round((point.at + shift) / 1000)) }));
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#generator.stop?.();
  }
}

function selfSampler(): Sampler {
  const monitor = new SelfMonitor();
  return {
    async sample() {
      const { cpu, rssBytes, eventLoopDelayP99Ms, gc } = monitor.sample();
      return {
        cpu: Number(cpu.toFixed(3)),
        rssBytes,
        eventLoopDelayMs: Number(eventLoopDelayP99Ms.toFixed(2)),
        gc: Number(gc.toFixed(4)),
      };
    },
    stop: () => monitor.stop(),
  };
}
