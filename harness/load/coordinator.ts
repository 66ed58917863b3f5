import { setTimeout as delay } from "node:timers/promises";
import { Violations } from "../check/index.ts";
import type { TargetUsage } from "../measure/index.ts";
import {
  ClockBound,
  ConnectionTable,
  collectGarbage,
  evaluate,
  HeldUpTimes,
  MachineLoad,
  nowMicros,
  SaturationJudge,
  Series,
  type Threshold,
  type ThresholdFigures,
  Totals,
} from "../measure/index.ts";
import type { ClockRecord, MachineUsage, Phase, SecondRecord, SeriesPoint, ThresholdResult } from "../result/index.ts";
import type { PhaseName, WorkerReport } from "./messages.ts";
import type { LoadPlan, WorkerShare } from "./plan.ts";
import { WorkerPool } from "./worker-pool.ts";

/** What can be seen of a run while it is under way. */
export interface Progress {
  phase: PhaseName;
  /** Milliseconds since the run began. */
  elapsedMs: number;
  /** Milliseconds until the traffic ends; undefined outside of it. */
  leftMs: number | undefined;
  clients: number;
  point: SeriesPoint | undefined;
  violations: number;
  errors: number;
}

/** What a run needs from outside. */
export interface CoordinatorOptions {
  plan: LoadPlan;
  shares: WorkerShare[];
  thresholds: readonly Threshold[];
  /** Aborted to end the run in order: what was measured until then counts. */
  interrupt: AbortSignal;
  onProgress(progress: Progress): void;
  /** When the run begins and its traffic, where that was agreed upon; else each part begins when the one before is over. */
  timetable?: Timetable | undefined;
  /** Whether the seconds are kept with their whole histograms. */
  keepSeconds?: boolean;
  /** Sees what the target uses, once a second. */
  targetUsage: Pick<TargetUsage, "sample">;
}

/** Times on the clock of `nowMicros`. */
export interface Timetable {
  beginMicros: number;
  trafficMicros: number;
}

/** All that was found out. */
export interface LoadFindings {
  totals: Totals;
  series: Series;
  violations: Violations;
  saturation: Pick<SaturationJudge, "judge" | "pause" | "explains" | "usage">;
  /** When the generator was held up while clients came up. */
  comingUp: HeldUpTimes;
  connectionTable: Pick<ConnectionTable, "reasons">;
  /** How busy the machine was in the measured time. */
  machine: MachineUsage | undefined;
  thresholds: ThresholdResult[];
  phases: Phase[];
  notReached: Record<string, number>;
  lost: Record<string, number>;
  /** IP addresses that clients connected to. */
  addresses: string[];
  unaudited: number;
  clientsPeak: number;
  rssPeakBytes: number;
  bytesPerClient: number | null;
  targetGone: string | undefined;
  interrupted: boolean;
  measuredMs: number;
  durationMs: number;
}

/** What was found out in one run, with what a merge with others needs beside it. */
export interface RunFindings extends LoadFindings {
  saturation: SaturationJudge;
  /** When the first second of the series began, on the clock of `nowMicros`, as the following. */
  startMicros: number;
  /** When clients began to come up. */
  begunMicros: number;
  /** When the traffic began; undefined when it never came to that. */
  trafficMicros: number | undefined;
  /** How much later than in the timetable that was, milliseconds. */
  trafficLateMs: number | undefined;
  /** How far this machine's clock is ahead of the target's. */
  clock: ClockRecord | undefined;
  /** The seconds with their whole histograms, where they were kept. */
  seconds: SecondRecord[];
}

/** The target is taken for gone when so few of the clients are left for so many seconds. */
const GONE_SHARE = 0.1;
const GONE_SECONDS = 3;
/** By how much the second that a worker tells of is shorter or longer than a second, milliseconds. */
const GRAIN_MS = 100;
/** Longest drain of an interrupted run, in milliseconds. */
const DRAIN_AFTER_INTERRUPT_MS = 1_500;
/** Time for the workers to end behind that; what they have reported by then is the result. */
const END_AFTER_INTERRUPT_MS = 1_000;
/** Time for the order to begin the traffic to reach all workers. */
const TRAFFIC_LEAD_MS = 200;

/** Leads the workers through the phases of a run and gathers what they report. */
export class Coordinator {
  readonly #options: CoordinatorOptions;
  readonly #pool: WorkerPool;
  readonly #totals = new Totals();
  readonly #series: Series;
  readonly #violations = new Violations();
  readonly #saturation = new SaturationJudge();
  readonly #comingUp = new HeldUpTimes();
  readonly #connectionTable = new ConnectionTable();
  readonly #machine = new MachineLoad();
  readonly #phases: Phase[] = [];
  readonly #notReached: Record<string, number> = {};
  readonly #addresses = new Set<string>();
  readonly #lost: Record<string, number> = {};
  readonly #clients: number[] = [];
  readonly #rss: number[] = [];
  readonly #clock = new ClockBound();
  readonly #seconds: SecondRecord[] = [];
  readonly #startMicros: number;
  #begunMicros: number;
  #trafficMicros: number | undefined;
  #phase: PhaseName = "ramp";
  #unaudited = 0;
  #clientsPeak = 0;
  #rssPeakBytes = 0;
  #bytesPerClient: number | null = null;
  #measuredFrom = Number.POSITIVE_INFINITY;
  #measuredTo = Number.POSITIVE_INFINITY;
  /** For how long each worker was not standing still, milliseconds. */
  readonly #awakeMs: number[] = [];
  #goneSeconds = 0;
  /** {@link #leastAwakeMs} when the clients were first missed. */
  #goneFrom = 0;
  #targetGone: string | undefined;
  #aborted: Threshold | undefined;
  #cut = false;

  constructor(options: CoordinatorOptions) {
    this.#options = options;
    this.#startMicros = options.timetable?.beginMicros ?? nowMicros();
    this.#begunMicros = this.#startMicros;
    this.#series = new Series(options.shares.length, options.keepSeconds ? this.#seconds : undefined);
    this.#pool = new WorkerPool(options.shares.length, {
      report: (worker, report, isWholeSecond) => this.#take(worker, report, isWholeSecond),
    });
  }

  /** @throws CuppingError `harness` when a worker fails; CuppingError when the scenario is at fault */
  async run(): Promise<RunFindings> {
    const { interrupt } = this.#options;
    const { promise: tooLate, resolve: giveUp } = Promise.withResolvers<"too late">();
    const timers: NodeJS.Timeout[] = [];
    const onInterrupt = (): void => {
      this.#cutShort();
      // What is under way by then is the drain: who interrupts does not want to wait for all of it.
      timers.push(setTimeout(() => this.#cutShort(), DRAIN_AFTER_INTERRUPT_MS));
      // A worker that is flooded, or stuck in its scenario, does not hear of it.
      timers.push(setTimeout(() => giveUp("too late"), DRAIN_AFTER_INTERRUPT_MS + END_AFTER_INTERRUPT_MS));
    };
    interrupt.addEventListener("abort", onInterrupt);
    try {
      if ((await Promise.race([this.#runPhases(), tooLate])) === "too late") this.#pool.kill();
    } catch (error) {
      this.#pool.kill();
      throw error;
    } finally {
      interrupt.removeEventListener("abort", onInterrupt);
      for (const timer of timers) clearTimeout(timer);
    }
    return this.#findings();
  }

  async #runPhases(): Promise<void> {
    const { plan, shares } = this.#options;
    const bare = await this.#pool.start(plan, shares, this.#startMicros);
    await this.#untilBegin();
    this.#begunMicros = nowMicros();
    if (!this.#isCut) await this.#runPhase("ramp");
    this.#measureBytesPerClient(bare);
    // This process has handed out the accounts, one message a worker, and needs little from here on.
    collectGarbage();
    // Without a single client there is nothing to wait for.
    if (this.#clientsPeak === 0 && Object.keys(this.#notReached).length > 0) this.#cut = true;
    if (!this.#isCut) await this.#runPhase("prepare");
    if (!this.#isCut) await this.#runPhase("traffic");
    this.#measuredTo = Math.min(this.#measuredTo, nowMicros());
    await this.#runPhase("drain");
    // Who interrupts does not want to wait for an audit, and a target that is gone cannot answer one.
    if (plan.audit && !this.#isCut) await this.#runPhase("audit");
    await this.#runPhase("close");
  }

  /** Waits for the time at which the run begins, unless it is interrupted. */
  async #untilBegin(): Promise<void> {
    const { interrupt, timetable } = this.#options;
    if (!timetable) return;
    for (;;) {
      const left = (timetable.beginMicros - nowMicros()) / 1000;
      if (left <= 0 || interrupt.aborted) return;
      await delay(left, undefined, { signal: interrupt }).catch(() => undefined);
    }
  }

  get #isCut(): boolean {
    return this.#cut || this.#options.interrupt.aborted;
  }

  async #runPhase(phase: PhaseName): Promise<void> {
    const { plan } = this.#options;
    this.#phase = phase;
    const startedAt = nowMicros();
    // Whole microseconds: messages carry their intended time as such.
    const at = phase === "traffic" ? this.#trafficBegin(startedAt) : Math.ceil(startedAt);
    if (phase === "traffic") {
      this.#trafficMicros = at;
      this.#measuredFrom = at + plan.warmupMs * 1000;
      this.#measuredTo = this.#measuredFrom + plan.durationMs * 1000;
    }
    this.#reportProgress(undefined);
    await this.#pool.run(phase, at);
    this.#notePhase(phase, at, nowMicros());
  }

  /** As soon as all workers can know of it, or when it was agreed upon. */
  #trafficBegin(now: number): number {
    const soon = now + TRAFFIC_LEAD_MS * 1000;
    return Math.ceil(Math.max(soon, this.#options.timetable?.trafficMicros ?? 0));
  }

  /** The traffic counts as two phases: what comes before the measured time, and the measured time. */
  #notePhase(phase: PhaseName, from: number, to: number): void {
    const note = (name: string, start: number, end: number): void => {
      if (end <= start) return;
      this.#phases.push({
        name,
        at: Math.round((start - this.#startMicros) / 1000),
        durationMs: Math.round((end - start) / 1000),
      });
    };
    if (phase !== "traffic") {
      note(phase, from, to);
      return;
    }
    note("warm-up", from, Math.min(this.#measuredFrom, to));
    note("steady", this.#measuredFrom, to);
  }

  #measureBytesPerClient(bare: readonly number[]): void {
    const up = this.#clients.reduce((sum, clients) => sum + clients, 0);
    const used = this.#rss.reduce((sum, rss) => sum + rss, 0) - bare.reduce((sum, rss) => sum + rss, 0);
    // Below some hundred clients the process's own growth would be shared out to them.
    // What was freed while they came up, such as the start's own garbage, may outweigh few clients: then it is not known.
    if (up >= 500 && used > 0) this.#bytesPerClient = Math.round(used / up);
  }

  #take(worker: number, report: WorkerReport, isWholeSecond: boolean): void {
    this.#totals.add(report.recorder);
    this.#violations.add(report.checks);
    addTo(this.#notReached, report.notReached);
    if (report.notReached["timeout"] || report.recorder.errors["timeout"]) this.#connectionTable.look();
    addTo(this.#lost, report.lost);
    for (const address of report.addresses) this.#addresses.add(address);
    if (report.clock) this.#clock.merge(report.clock);
    this.#unaudited += report.unaudited;
    this.#clients[worker] = report.clients;
    this.#rss[worker] = report.self.rssBytes;
    const clients = this.#clients.reduce((sum, count) => sum + count, 0);
    this.#clientsPeak = Math.max(this.#clientsPeak, clients);
    this.#rssPeakBytes = Math.max(
      this.#rssPeakBytes,
      this.#rss.reduce((sum, rss) => sum + rss, 0),
    );
    this.#saturation.addLateness(report.self);
    if (this.#phase === "ramp") this.#comingUp.add(report.self);
    this.#awakeMs[worker] = (this.#awakeMs[worker] ?? 0) + report.self.intervalMs - report.self.longestPauseMs;
    if (isWholeSecond && this.#isMeasured(report.second)) this.#saturation.addMeasured(report.self);
    const point = this.#series.add(report, worker, isWholeSecond);
    if (point) this.#secondIsOver(point);
  }

  #isMeasured(second: number): boolean {
    const from = this.#startMicros + second * 1_000_000;
    return from >= this.#measuredFrom && from + 1_000_000 <= this.#measuredTo;
  }

  #secondIsOver(point: SeriesPoint): void {
    void this.#sampleTarget(point);
    if (this.#isMeasured(point.at / 1000)) this.#machine.look();
    else this.#machine.skip();
    this.#reportProgress(point);
    if (this.#phase !== "traffic" || this.#isCut) return;
    this.#watchTarget(point);
    this.#watchThresholds();
  }

  get #leastAwakeMs(): number {
    return Math.min(...this.#awakeMs);
  }

  async #sampleTarget(point: SeriesPoint): Promise<void> {
    const sample = await this.#options.targetUsage.sample();
    if (sample) point.target = sample;
  }

  /** Ends the run when nearly all clients have lost their connection and do not get it back. */
  #watchTarget(point: SeriesPoint): void {
    const lost = Object.values(this.#lost).reduce((sum, count) => sum + count, 0);
    const isGone = this.#clientsPeak > 0 && lost > 0 && point.clients <= this.#clientsPeak * GONE_SHARE;
    this.#goneSeconds = isGone ? this.#goneSeconds + 1 : 0;
    if (this.#goneSeconds === 1) this.#goneFrom = this.#leastAwakeMs;
    if (this.#goneSeconds < GONE_SECONDS) return;
    // A worker that stood still tells several seconds at once: in these nobody can have come back.
    if (this.#leastAwakeMs - this.#goneFrom < (GONE_SECONDS - 1) * 1000 - GRAIN_MS) return;
    const causes = Object.entries(this.#lost).map(([cause, count]) => `${count} ${cause}`);
    const second = point.at / 1000 - GONE_SECONDS + 1;
    this.#targetGone =
      `the target went away about ${second.toFixed(0)} s after the start: ${this.#clientsPeak - point.clients} of ` +
      `${this.#clientsPeak} clients lost their connection (${causes.join(", ")}) and could not reconnect`;
    this.#cutShort();
  }

  #watchThresholds(): void {
    const measuredMs = (nowMicros() - this.#measuredFrom) / 1000;
    if (measuredMs <= 0) return;
    for (const threshold of this.#options.thresholds) {
      if (!threshold.abortOnFail || measuredMs < threshold.delayAbortMs) continue;
      const judged = evaluate(threshold, this.#figures());
      if (judged.ok || judged.value === null) continue;
      this.#aborted = threshold;
      this.#cutShort();
      return;
    }
  }

  #cutShort(): void {
    this.#cut = true;
    if (this.#phase === "traffic") this.#measuredTo = Math.min(this.#measuredTo, nowMicros());
    this.#pool.cutShort();
  }

  #figures(): ThresholdFigures {
    const failed = [...Object.values(this.#notReached), ...Object.values(this.#lost)].reduce((sum, n) => sum + n, 0);
    return {
      totals: this.#totals,
      violations: this.#violations.total,
      clientsFailed: failed,
      measuredSeconds: this.#measuredMs() / 1000,
    };
  }

  #trafficLateMs(): number | undefined {
    const { timetable } = this.#options;
    if (!timetable || this.#trafficMicros === undefined) return undefined;
    return Math.max(0, this.#trafficMicros - timetable.trafficMicros) / 1000;
  }

  #measuredMs(): number {
    const from = this.#measuredFrom;
    return Number.isFinite(from) ? Math.max(0, Math.min(this.#measuredTo, nowMicros()) - from) / 1000 : 0;
  }

  #reportProgress(point: SeriesPoint | undefined): void {
    const now = nowMicros();
    this.#options.onProgress({
      phase: this.#phase,
      elapsedMs: (now - this.#startMicros) / 1000,
      leftMs: this.#phase === "traffic" ? Math.max(0, (this.#measuredTo - now) / 1000) : undefined,
      clients: this.#clients.reduce((sum, count) => sum + count, 0),
      point,
      violations: this.#violations.total,
      errors: this.#totals.counts.errors ?? 0,
    });
  }

  #findings(): RunFindings {
    this.#series.finish();
    const thresholds = this.#options.thresholds.map((threshold) => {
      const result = evaluate(threshold, this.#figures());
      return threshold === this.#aborted ? { ...result, ok: false, aborted: true } : result;
    });
    return {
      totals: this.#totals,
      series: this.#series,
      violations: this.#violations,
      saturation: this.#saturation,
      comingUp: this.#comingUp,
      connectionTable: this.#connectionTable,
      machine: this.#machine.usage(),
      thresholds,
      phases: this.#phases,
      notReached: this.#notReached,
      lost: this.#lost,
      addresses: [...this.#addresses],
      unaudited: this.#unaudited,
      clientsPeak: this.#clientsPeak,
      rssPeakBytes: this.#rssPeakBytes,
      bytesPerClient: this.#bytesPerClient,
      targetGone: this.#targetGone,
      interrupted: this.#options.interrupt.aborted,
      measuredMs: this.#measuredMs(),
      durationMs: Math.max(0, nowMicros() - this.#startMicros) / 1000,
      startMicros: this.#startMicros,
      begunMicros: this.#begunMicros,
      trafficMicros: this.#trafficMicros,
      trafficLateMs: this.#trafficLateMs(),
      clock: this.#clock.record(),
      seconds: this.#seconds,
    };
  }
}

function addTo(into: Record<string, number>, from: Record<string, number>): void {
  for (const [name, count] of Object.entries(from)) into[name] = (into[name] ?? 0) + count;
}
