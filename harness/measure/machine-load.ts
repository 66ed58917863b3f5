import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { MachineUsage } from "../result/index.ts";

/** Where Linux tells of its processors; other systems have no such file, and nothing is said of them. */
const STAT = "/proc/stat";
const PRESSURE = "/proc/pressure/cpu";

interface Reading {
  at: number;
  ticks: number;
  stealTicks: number;
  stalledMicros: number | undefined;
}

/** Watches how busy the whole machine is, whoever it is busy with. */
export class MachineLoad {
  #before: Reading | undefined;
  #samples = 0;
  #runnable = 0;
  #ticks = 0;
  #stealTicks = 0;
  #micros = 0;
  #stalledMicros: number | undefined;

  /** Begins an interval that does not count, e.g. because it lies before the measured time. */
  skip(): void {
    this.#before = read();
  }

  /** Counts the interval since the last call. */
  look(): void {
    const before = this.#before;
    const now = read();
    this.#before = now;
    if (!before || !now) return;
    this.#samples++;
    this.#runnable += runnableNow();
    this.#ticks += now.ticks - before.ticks;
    this.#stealTicks += now.stealTicks - before.stealTicks;
    this.#micros += (now.at - before.at) * 1000;
    if (now.stalledMicros !== undefined && before.stalledMicros !== undefined)
      this.#stalledMicros = (this.#stalledMicros ?? 0) + now.stalledMicros - before.stalledMicros;
  }

  /** @returns undefined where nothing was counted or the system does not tell */
  usage(): MachineUsage | undefined {
    if (this.#samples === 0 || this.#ticks <= 0) return undefined;
    return {
      runnable: this.#runnable / this.#samples,
      steal: this.#stealTicks / this.#ticks,
      cpus: availableParallelism(),
      ...(this.#stalledMicros !== undefined && { pressure: this.#stalledMicros / this.#micros }),
    };
  }
}

function read(): Reading | undefined {
  const [, all] = /^cpu +(.*)$/m.exec(readText(STAT)) ?? [];
  if (all === undefined) return undefined;
  // user, nice, system, idle, iowait, irq, softirq, steal; what follows is part of user and nice.
  const ticks = all.split(" ").slice(0, 8).map(Number);
  const [, stalled] = /^some .*total=(\d+)/m.exec(readText(PRESSURE)) ?? [];
  return {
    at: performance.now(),
    ticks: ticks.reduce((sum, part) => sum + part, 0),
    stealTicks: ticks[7] ?? 0,
    stalledMicros: stalled === undefined ? undefined : Number(stalled),
  };
}

function runnableNow(): number {
  return Number(/^procs_running (\d+)/m.exec(readText(STAT))?.[1] ?? 0);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
