import type { IntervalLatency, SecondRecord, SeriesPoint } from "../result/index.ts";
import { LatencyHistogram } from "./latency-histogram.ts";
import type { RecorderFlush } from "./recorder.ts";
import type { SelfSample } from "./self-monitor.ts";

/** What one worker says about one second. */
export interface WorkerSecond<Self = SelfSample> {
  /** Number of the second since the run began. */
  second: number;
  recorder: RecorderFlush;
  self: Self;
  clients: number;
  violations: number;
}

/** What a series needs to know of how a worker's process did. */
type SecondUsage = Pick<SelfSample, "intervalMs" | "cpu" | "gc" | "rssBytes" | "eventLoopDelayP99Ms">;

/** How one worker's process did in one second, gathered from the parts that it told. */
interface WorkerUsage {
  clients: number;
  rssBytes: number;
  /** Length of the parts, and what was used in them, milliseconds. */
  intervalMs: number;
  cpuMs: number;
  gcMs: number;
}

interface OpenSecond {
  /** Workers that have said all about it. */
  complete: number;
  usage: Map<number, WorkerUsage>;
  latencies: Map<string, LatencyHistogram>;
  counts: Record<string, number>;
  errors: Record<string, number>;
  violations: number;
  eventLoopDelayMs: number;
}

/** One point per second, each merged from all workers' histograms of that second. */
export class Series {
  readonly points: SeriesPoint[] = [];
  readonly #open = new Map<number, OpenSecond>();
  readonly #workers: number;
  readonly #record: SecondRecord[] | undefined;
  #spare: LatencyHistogram[] = [];

  /**
   * @param workers how many will say something about each second
   * @param record gets every second with its whole histograms, once it is over
   */
  constructor(workers: number, record?: SecondRecord[]) {
    this.#workers = workers;
    this.#record = record;
  }

  /**
   * @param isComplete the second is over for this worker; it may have said a part before, at the end of a phase
   * @returns the point, once the last worker is complete
   */
  add(report: WorkerSecond<SecondUsage>, worker: number, isComplete: boolean): SeriesPoint | undefined {
    const second = this.#open.get(report.second) ?? this.#openSecond(report.second);
    for (const part of [report.recorder.measured, report.recorder.outside]) {
      for (const [name, encoded] of Object.entries(part)) {
        let histogram = second.latencies.get(name);
        if (!histogram) {
          histogram = this.#spare.pop() ?? new LatencyHistogram();
          second.latencies.set(name, histogram);
        }
        histogram.merge(encoded);
      }
    }
    addTo(second.counts, report.recorder.counts);
    addTo(second.errors, report.recorder.errors);
    second.violations += report.violations;
    second.eventLoopDelayMs = Math.max(second.eventLoopDelayMs, report.self.eventLoopDelayP99Ms);
    // What a part of a second tells counts, too: the run's last second has nothing else.
    second.usage.set(worker, added(second.usage.get(worker), report));
    if (!isComplete) return undefined;
    second.complete++;
    return second.complete === this.#workers ? this.#close(report.second, second) : undefined;
  }

  /**
   * Adds what other series have recorded, one second of all of them after the other: an open second takes a megabyte.
   * @param recorded of each worker
   * @param shifts by how many seconds each began later
   */
  addRecorded(recorded: readonly (readonly SecondRecord[])[], shifts: readonly number[]): void {
    const bySecond = new Map<number, [SecondRecord, worker: number][]>();
    recorded.forEach((seconds, worker) => {
      for (const one of seconds) {
        const second = one.second + (shifts[worker] as number);
        const others = bySecond.get(second);
        if (others) others.push([{ ...one, second }, worker]);
        else bySecond.set(second, [[{ ...one, second }, worker]]);
      }
    });
    for (const [number, records] of [...bySecond].sort(([a], [b]) => a - b)) {
      for (const [record, worker] of records) this.#addRecord(record, worker);
      const open = this.#open.get(number);
      if (open) this.#close(number, open);
    }
  }

  #addRecord(recorded: SecondRecord, worker: number): void {
    const { second, clients, counts, errors = {}, violations, latencies, harness } = recorded;
    const { cpu = 0, gc = 0, rssBytes = 0, eventLoopDelayMs = 0 } = harness;
    const self = { intervalMs: 1000, cpu, gc, rssBytes, eventLoopDelayP99Ms: eventLoopDelayMs };
    const recorder = { measured: latencies, outside: {}, counts, measuredCounts: {}, errors };
    this.add({ second, recorder, self, clients, violations }, worker, false);
  }

  /** Closes seconds that a worker never reported (it ended or died), so that none is missing in the result. */
  finish(): void {
    for (const [number, second] of [...this.#open].sort(([a], [b]) => a - b)) this.#close(number, second);
    this.points.sort((a, b) => a.at - b.at);
    for (const histogram of this.#spare) histogram.release();
    this.#spare = [];
  }

  #openSecond(number: number): OpenSecond {
    const second: OpenSecond = {
      complete: 0,
      usage: new Map(),
      latencies: new Map(),
      counts: {},
      errors: {},
      violations: 0,
      eventLoopDelayMs: 0,
    };
    this.#open.set(number, second);
    return second;
  }

  #close(number: number, second: OpenSecond): SeriesPoint {
    this.#open.delete(number);
    const latencies = [...second.latencies];
    const encoded =
      this.#record && Object.fromEntries(latencies.map(([name, histogram]) => [name, histogram.encode()]));
    const metrics: Record<string, IntervalLatency> = {};
    for (const [name, histogram] of latencies) {
      metrics[name] = intervalLatency(histogram);
      histogram.reset();
      this.#spare.push(histogram);
    }
    const workers = [...second.usage.values()];
    const point: SeriesPoint = {
      at: number * 1000,
      clients: sum(workers.map(({ clients }) => clients)),
      rates: second.counts,
      metrics,
      violations: second.violations,
      harness: {
        cpu: Number(sum(workers.map(({ cpuMs, intervalMs }) => cpuMs / intervalMs)).toFixed(3)),
        rssBytes: sum(workers.map(({ rssBytes }) => rssBytes)),
        eventLoopDelayMs: Number(second.eventLoopDelayMs.toFixed(2)),
        gc: Number(Math.max(0, ...workers.map(({ gcMs, intervalMs }) => gcMs / intervalMs)).toFixed(4)),
      },
    };
    if (Object.keys(second.errors).length > 0) point.errors = second.errors;
    this.points.push(point);
    if (encoded) this.#record?.push(recordOf(number, point, encoded));
    return point;
  }
}

function recordOf(second: number, point: SeriesPoint, latencies: SecondRecord["latencies"]): SecondRecord {
  const { clients, rates: counts, errors, violations = 0, harness = {} } = point;
  return { second, clients, counts, ...(errors && { errors }), violations, latencies, harness };
}

/** Adds what one more part of a second says of a worker's process. */
function added(before: WorkerUsage | undefined, { clients, self }: WorkerSecond<SecondUsage>): WorkerUsage {
  return {
    clients,
    rssBytes: self.rssBytes,
    intervalMs: (before?.intervalMs ?? 0) + self.intervalMs,
    cpuMs: (before?.cpuMs ?? 0) + self.cpu * self.intervalMs,
    gcMs: (before?.gcMs ?? 0) + self.gc * self.intervalMs,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function intervalLatency(histogram: LatencyHistogram): IntervalLatency {
  return {
    count: histogram.count,
    p50: histogram.percentile(50) / 1000,
    p90: histogram.percentile(90) / 1000,
    p95: histogram.percentile(95) / 1000,
    p99: histogram.percentile(99) / 1000,
    p999: histogram.percentile(99.9) / 1000,
    max: histogram.max / 1000,
  };
}

function addTo(into: Record<string, number>, from: Record<string, number>): void {
  for (const [name, count] of Object.entries(from)) into[name] = (into[name] ?? 0) + count;
}
