import { SelfMonitor } from "../measure/index.ts";
import type { ProcessSample, SeriesPoint } from "../result/index.ts";

/** How generator and target did, second by second, beside what autocannon measures. */
export class ProcessSeries {
  readonly #self = new SelfMonitor();
  readonly #target: { sample(): Promise<ProcessSample | undefined> } | undefined;
  readonly #seconds = new Map<number, Pick<SeriesPoint, "harness" | "target">>();

  readonly #timer: NodeJS.Timeout;
  #second = 0;

  /** Begins with the first second now. */
  constructor(target: { sample(): Promise<ProcessSample | undefined> } | undefined) {
    this.#target = target;
    // A run that ends with an error must not be kept alive by its watching.
    this.#timer = setInterval(() => void this.#secondIsOver(), 1000).unref();
  }

  async #secondIsOver(): Promise<void> {
    const { cpu, rssBytes, eventLoopDelayP99Ms, gc } = this.#self.sample();
    const point: Pick<SeriesPoint, "harness" | "target"> = {
      harness: {
        cpu: Number(cpu.toFixed(3)),
        rssBytes,
        eventLoopDelayMs: Number(eventLoopDelayP99Ms.toFixed(2)),
        gc: Number(gc.toFixed(4)),
      },
    };
    this.#seconds.set(this.#second++, point);
    const target = await this.#target?.sample();
    if (target) point.target = target;
  }

  /** The points with what was seen in their second. */
  addTo(points: readonly SeriesPoint[]): SeriesPoint[] {
    return points.map((point) => ({ ...point, ...this.#seconds.get(Math.round(point.at / 1000)) }));
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#self.stop();
  }
}
