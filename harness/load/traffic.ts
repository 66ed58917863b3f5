import { nowMicros } from "../measure/index.ts";
import { ArrivalSchedule } from "./arrivals.ts";
import type { Engine } from "./engine.ts";
import type { LoadPlan, WorkerShare } from "./plan.ts";
import { createRandom, type Random } from "./random.ts";
import type { Scenario, Stage } from "./scenario.ts";
import type { VirtualUser } from "./virtual-user.ts";

/** What a {@link Traffic} works with. */
export interface TrafficContext {
  engine: Engine;
  plan: LoadPlan;
  share: WorkerShare;
  scenario: Scenario;
  stage: Stage;
  startMicros: number;
  /** Told what the scenario's `act` has thrown. */
  failed(error: unknown): void;
}

/** Makes users act: by the clock (open model), or each after its thinking time (closed model). */
export class Traffic {
  readonly #context: TrafficContext;
  readonly #random: Random;
  /** Users that may be picked for an arrival. */
  readonly #actors: readonly VirtualUser[];
  readonly #schedule: ArrivalSchedule;
  readonly #endMicros: number;
  #nextAt: number | undefined;
  #acting = 0;
  #over = false;

  constructor(context: TrafficContext) {
    const { engine, plan, share, startMicros } = context;
    this.#context = context;
    this.#random = createRandom(plan.seed, `traffic ${share.worker}`);
    this.#actors = engine.users.filter((user) => this.#mayAct(user));
    this.#endMicros = startMicros + (plan.warmupMs + plan.durationMs) * 1000;
    this.#schedule = new ArrivalSchedule(
      [{ durationMs: plan.warmupMs, fromRate: firstRate(plan), toRate: firstRate(plan) }, ...plan.stages],
      this.#actors.length === 0 ? 0 : share.users / plan.clients,
      plan.spacing,
      this.#random,
      share.worker / plan.workers,
    );
    if (plan.model === "open") this.#takeNext();
    else this.#startThinking();
  }

  /** Acts that have begun and are not over; only those that wait for something. */
  get acting(): number {
    return this.#acting;
  }

  /** Whether no more arrivals will come. */
  get isOver(): boolean {
    return this.#over || nowMicros() >= this.#endMicros;
  }

  stop(): void {
    this.#over = true;
  }

  /** Starts every act that is due. @returns milliseconds until the next one, if the clock decides */
  pump(): number | undefined {
    while (!this.#over && this.#nextAt !== undefined && this.#nextAt <= nowMicros()) {
      const at = this.#nextAt;
      this.#takeNext();
      const user = this.#actors[this.#random.integer(this.#actors.length)];
      if (user) this.#act(user, at);
    }
    return this.#over || this.#nextAt === undefined ? undefined : (this.#nextAt - nowMicros()) / 1000;
  }

  /** Closed model: the user has thought. @param dueMillis on the clock of `performance.now` */
  thought(user: VirtualUser, dueMillis: number): void {
    if (this.isOver || this.#context.plan.model === "open") return;
    const at = nowMicros() - (performance.now() - dueMillis) * 1000;
    this.#act(user, at);
  }

  /** Closed model: lets a user think before it acts (again). */
  think(user: VirtualUser): void {
    if (this.isOver || !this.#mayAct(user)) return;
    const millis = this.#context.plan.thinkMs * this.#random.exponential();
    this.#context.engine.setTimer(user, "action", performance.now() + millis);
  }

  #mayAct(user: VirtualUser): boolean {
    return !this.#context.scenario.conversations || user.conversations.length > 0;
  }

  #startThinking(): void {
    for (const user of this.#actors) if (user.isOnline) this.think(user);
  }

  #takeNext(): void {
    const millis = this.#schedule.next();
    this.#nextAt = millis === undefined ? undefined : Math.round(this.#context.startMicros + millis * 1000);
  }

  #act(user: VirtualUser, at: number): void {
    const { engine, scenario, stage, plan, failed } = this.#context;
    engine.acting(at);
    let outcome: unknown;
    try {
      outcome = scenario.act?.(user, at, stage);
    } catch (error) {
      failed(error);
    }
    if (outcome instanceof Promise) {
      this.#acting++;
      outcome.catch(failed).then(() => {
        this.#acting--;
        if (plan.model === "closed" && user.isOnline) this.think(user);
      });
    } else if (plan.model === "closed" && user.isOnline) {
      this.think(user);
    }
  }
}

/** The warm-up runs at the rate that the measured time begins with. */
function firstRate(plan: LoadPlan): number {
  return plan.stages[0]?.fromRate ?? 0;
}
