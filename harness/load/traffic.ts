import { nowMicros } from "../measure/index.ts";
import { ArrivalSchedule } from "./arrivals.ts";
import type { Engine } from "./engine.ts";
import { type ConversationLayer, countActors, type LoadPlan, type WorkerShare } from "./plan.ts";
import { createRandom, type Random } from "./random.ts";
import type { Scenario, Stage } from "./scenario.ts";
import type { VirtualUser } from "./virtual-user.ts";

/** What a {@link Traffic} works with. */
export interface TrafficContext {
  engine: Engine;
  plan: LoadPlan;
  share: WorkerShare;
  scenario: Scenario;
  layers: readonly ConversationLayer[];
  stage: Stage;
  startMicros: number;
  /** Told what the scenario's `act` has thrown. */
  failed(error: unknown): void;
}

/** One arrival of the run that falls to a user of this worker. */
interface Arrival {
  /** Intended time, microseconds. */
  at: number;
  user: VirtualUser;
  /** How many came before it in the whole run. */
  number: number;
}

/**
 * Makes users act: by the clock (open model), or each after its thinking time (closed model). Every worker draws the
 * arrivals of the whole run and acts on those that fall to its own users, so that a seed gives one schedule, whatever the
 * number of workers and machines: some 40 ns for each arrival of another worker.
 */
export class Traffic {
  readonly #context: TrafficContext;
  readonly #arrivals: Random;
  readonly #thinking: Random;
  /** What acts draw, each from a sequence of its own. */
  readonly #acts: Random;
  /** What acts are given beside their user. */
  readonly #stage: Stage;
  /** Users of the whole run that may be picked for an arrival: those with the numbers below this one. */
  readonly #actors: number;
  readonly #schedule: ArrivalSchedule;
  readonly #endMicros: number;
  #next: Arrival | undefined;
  #drawn = 0;
  #acting = 0;
  #over = false;

  constructor(context: TrafficContext) {
    const { plan, share, startMicros, scenario, layers, stage } = context;
    this.#context = context;
    this.#arrivals = createRandom(plan.seed, "arrivals");
    this.#thinking = createRandom(plan.seed, `thinking ${share.firstUser}`);
    this.#acts = createRandom(plan.seed, "acts");
    this.#stage = { ...stage, random: () => this.#acts.next() };
    this.#actors = scenario.conversations ? countActors(plan.clients, layers) : plan.clients;
    this.#endMicros = startMicros + (plan.warmupMs + plan.durationMs) * 1000;
    this.#schedule = new ArrivalSchedule(
      [{ durationMs: plan.warmupMs, fromRate: firstRate(plan), toRate: firstRate(plan) }, ...plan.stages],
      plan.spacing,
      this.#arrivals,
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
    while (!this.#over && this.#next !== undefined && this.#next.at <= nowMicros()) {
      const { at, user, number } = this.#next;
      this.#takeNext();
      this.#acts.beginAt(number);
      this.#act(user, at);
    }
    return this.#over || this.#next === undefined ? undefined : (this.#next.at - nowMicros()) / 1000;
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
    const millis = this.#context.plan.thinkMs * this.#thinking.exponential();
    this.#context.engine.setTimer(user, "action", performance.now() + millis);
  }

  #mayAct(user: VirtualUser): boolean {
    return !this.#context.scenario.conversations || user.conversations.length > 0;
  }

  #startThinking(): void {
    for (const user of this.#context.engine.users) if (user.isOnline) this.think(user);
  }

  #takeNext(): void {
    const { engine, share, startMicros } = this.#context;
    this.#next = undefined;
    // Who has nobody that may act need not look for arrivals.
    if (share.firstUser >= this.#actors) return;
    for (let millis = this.#schedule.next(); millis !== undefined; millis = this.#schedule.next()) {
      const number = this.#drawn++;
      const user = engine.users[this.#arrivals.integer(this.#actors) - share.firstUser];
      if (!user) continue;
      this.#next = { at: Math.round(startMicros + millis * 1000), user, number };
      return;
    }
  }

  #act(user: VirtualUser, at: number): void {
    const { engine, scenario, plan, failed } = this.#context;
    engine.acting(at);
    let outcome: unknown;
    try {
      outcome = scenario.act?.(user, at, this.#stage);
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
