import type { Instance } from "autocannon";
import type { TlsSettings } from "../client/index.ts";
import type { CheckExample, IntervalLatency, SeriesPoint } from "../result/index.ts";
import { CorrectedLatencies } from "./corrected-latencies.ts";
import type { Autocannon } from "./load-autocannon.ts";
import type { RequestKind } from "./requests.ts";

const EXAMPLES = 10;

/** One kind of request at one rate. */
export interface TrafficPart {
  readonly kind: RequestKind;
  /** Requests per second. */
  readonly rate: number;
  readonly connections: number;
}

interface Second {
  readonly latencies: Map<string, number[]>;
  requests: number;
  errors: number;
}

/** Sends requests with autocannon and gathers what their answers say. */
export class HttpTraffic {
  /** Latencies of the measured time, by metric. */
  readonly latencies: Map<string, CorrectedLatencies> = new Map();
  /** Errors of the transport over the whole run, by kind. */
  readonly errors: Record<string, number> = {};
  readonly wrong: CheckExample[] = [];
  answers = 0;
  wrongAnswers = 0;
  /** Requests answered in the measured time. */
  measuredAnswers = 0;
  readonly #autocannon: Autocannon;
  readonly #url: string;
  readonly #runTag: string;
  readonly #tls: TlsSettings;
  readonly #began: number = performance.now();
  readonly #seconds: Second[] = [];
  readonly #running = new Set<Instance>();
  #users = 0;
  #stopped = false;

  /**
   * @param runTag makes the names of registered users new
   * @param tls as whom to come over HTTPS; autocannon takes any certificate, so it is checked before
   */
  constructor(autocannon: Autocannon, url: string, runTag: string, tls: TlsSettings = {}) {
    this.#autocannon = autocannon;
    this.#url = url;
    this.#runTag = runTag;
    this.#tls = tls;
  }

  /** Milliseconds since the run began. */
  get elapsedMs(): number {
    return performance.now() - this.#began;
  }

  /** Ends the traffic before its time. */
  stop(): void {
    this.#stopped = true;
    for (const instance of this.#running) instance.stop?.();
  }

  /** Sends all parts side by side for some time. @param measured whether the latencies count */
  async send(parts: readonly TrafficPart[], durationMs: number, measured: boolean): Promise<void> {
    if (this.#stopped || durationMs <= 0) return;
    await Promise.all(parts.map((part) => this.#sendPart(part, durationMs, measured)));
  }

  async #sendPart({ kind, rate, connections }: TrafficPart, durationMs: number, measured: boolean): Promise<void> {
    const latencies = this.latencies.get(kind.metric) ?? new CorrectedLatencies((connections / rate) * 1000);
    if (measured) this.latencies.set(kind.metric, latencies);
    const { cert, key } = this.#tls;
    const request = kind.request(() => `${this.#runTag}-${this.#users++}`);
    await new Promise<void>((resolve, reject) => {
      const instance = this.#autocannon(
        {
          url: this.#url,
          ...(cert !== undefined && { tlsOptions: { cert, key } }),
          connections,
          overallRate: rate,
          duration: durationMs / 1000,
          timeout: 10,
          // The correction is made here, sample by sample, so that histograms can be kept.
          ignoreCoordinatedOmission: true,
          requests: [{ ...request, onResponse: (status: number, body: string) => this.#judge(kind, status, body) }],
        },
        (error: Error | null) => {
          this.#running.delete(instance);
          if (error) reject(error);
          else resolve();
        },
      ) as Instance;
      this.#running.add(instance);
      instance.on("response", (_client: unknown, _status: number, _bytes: number, millis: number) => {
        const second = this.#second();
        second.requests += 1;
        const values = second.latencies.get(kind.metric) ?? [];
        second.latencies.set(kind.metric, values);
        values.push(millis);
        if (!measured) return;
        latencies.record(millis);
        this.measuredAnswers += 1;
      });
      instance.on("reqError", (error: NodeJS.ErrnoException) => {
        const cause = error.code ?? error.message;
        this.errors[cause] = (this.errors[cause] ?? 0) + 1;
        this.#second().errors += 1;
      });
    });
  }

  #judge(kind: RequestKind, status: number, body: string): void {
    this.answers += 1;
    const text = kind.problem(status, body);
    if (text === undefined) return;
    this.wrongAnswers += 1;
    if (this.wrong.length < EXAMPLES) this.wrong.push({ text, at: Math.round(this.elapsedMs) });
  }

  #second(): Second {
    const number = Math.floor(this.elapsedMs / 1000);
    while (this.#seconds.length <= number) this.#seconds.push({ latencies: new Map(), requests: 0, errors: 0 });
    return this.#seconds[number] as Second;
  }

  /** The course over time. @param connections that were open */
  series(connections: number): SeriesPoint[] {
    return this.#seconds.map(({ latencies, requests, errors }, second) => ({
      at: second * 1000,
      clients: connections,
      rates: { requests },
      metrics: Object.fromEntries([...latencies].map(([metric, values]) => [metric, intervalOf(values)])),
      ...(errors > 0 && { errors: { http: errors } }),
    }));
  }
}

function intervalOf(values: readonly number[]): IntervalLatency {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (percent: number): number => sorted[Math.ceil((percent / 100) * sorted.length) - 1] as number;
  return { count: sorted.length, p50: at(50), p90: at(90), p99: at(99), max: at(100) };
}
