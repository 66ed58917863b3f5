import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CuppingError } from "../errors.ts";
import { receivedError } from "../sent-error.ts";
import type { FromWorker, PhaseName, ToWorker, WorkerReport } from "./messages.ts";
import type { LoadPlan, WorkerShare } from "./plan.ts";

/**
 * Node lets the young generation grow to hold what piles up while the machine stands still, and never shrink again: a
 * soak would seem to leak. What lives that long here is small, so this is enough at any rate (MB).
 */
const YOUNG_GENERATION = "--max-semi-space-size=8";

/** Who takes what the workers report. */
export interface WorkerPoolListener {
  /** @param isWholeSecond false at the end of a phase, when a part of a second is reported */
  report(worker: number, report: WorkerReport, isWholeSecond: boolean): void;
}

/** The worker processes of a run, working in step. */
export class WorkerPool {
  readonly #children: ChildProcess[];
  readonly #listener: WorkerPoolListener;
  /** Settles the step under way, by worker. */
  #waiting = new Map<number, { done: (message: FromWorker) => void; failed: (error: Error) => void }>();
  #stopped = false;
  #failure: Error | undefined;

  /** @param workers how many to start */
  constructor(workers: number, listener: WorkerPoolListener) {
    this.#listener = listener;
    this.#children = Array.from({ length: workers }, (_, worker) => this.#start(worker));
  }

  /** Gives every worker its users. @returns resident memory of each before its users come up, bytes */
  async start(plan: LoadPlan, shares: readonly WorkerShare[], runStartMicros: number): Promise<number[]> {
    const answers = await this.#step((worker) => ({
      do: "start",
      plan,
      share: shares[worker] as WorkerShare,
      runStartMicros,
    }));
    return answers.map((answer) => (answer.say === "ready" ? answer.rssBytes : 0));
  }

  /** Runs one phase in all workers. @param at when it begins, microseconds */
  async run(phase: PhaseName, at: number): Promise<void> {
    if (phase === "close") this.#stopped = true;
    await this.#step(() => ({ do: "phase", phase, at }));
  }

  /** Makes all workers end the phase that is under way. */
  cutShort(): void {
    for (const child of this.#children) if (child.connected) child.send({ do: "cut-short" } satisfies ToWorker);
  }

  /** Ends the processes at once. */
  kill(): void {
    this.#stopped = true;
    for (const child of this.#children) child.kill("SIGKILL");
  }

  #step(messageFor: (worker: number) => ToWorker): Promise<FromWorker[]> {
    if (this.#failure) return Promise.reject(this.#failure);
    const steps = this.#children.map(
      (child, worker) =>
        new Promise<FromWorker>((done, failed) => {
          this.#waiting.set(worker, { done, failed });
          child.send(messageFor(worker));
        }),
    );
    return Promise.all(steps);
  }

  #start(worker: number): ChildProcess {
    const source = join(import.meta.dirname, "worker-main.ts");
    const entry = existsSync(source) ? source : join(import.meta.dirname, "worker-main.js");
    // Standard output belongs to the result; what a scenario prints goes to standard error.
    const execArgv = [...process.execArgv, YOUNG_GENERATION];
    const child = fork(entry, { execArgv, serialization: "advanced", stdio: ["ignore", 2, 2, "ipc"] });
    child.on("message", (message: FromWorker) => this.#take(worker, message));
    child.on("error", (error) => this.#fail(new CuppingError("harness", `worker ${worker} failed: ${error.message}`)));
    child.on("exit", (code, signal) => {
      const ended = (): void => this.#ended(worker, signal ?? `code ${code}`);
      // Its last message may still be on its way: the channel ends behind it.
      if (child.connected) child.once("disconnect", ended);
      else ended();
    });
    return child;
  }

  /** @param how the process ended, in words */
  #ended(worker: number, how: string): void {
    if (!this.#stopped) this.#fail(new CuppingError("harness", `worker ${worker} ended with ${how}`));
    else this.#waiting.get(worker)?.failed(new CuppingError("harness", `worker ${worker} ended before it was done`));
  }

  #take(worker: number, message: FromWorker): void {
    if (message.say === "second") {
      this.#listener.report(worker, message.report, true);
      return;
    }
    if (message.say === "failed") {
      this.#fail(receivedError(message.error));
      return;
    }
    if (message.say === "phase-done") this.#listener.report(worker, message.report, false);
    const waiting = this.#waiting.get(worker);
    this.#waiting.delete(worker);
    waiting?.done(message);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { failed } of this.#waiting.values()) failed(this.#failure);
    this.#waiting.clear();
  }
}
