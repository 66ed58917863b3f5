import type { CuppingError } from "../errors.ts";
import { nowMicros } from "../measure/index.ts";
import { runAudit } from "./audit-run.ts";
import { forEachConcurrently } from "./concurrency.ts";
import { Engine, type EngineListener, type TimerKind } from "./engine.ts";
import { CLOSED_SILENT, reconnectError, SILENCE_ENDS_MS } from "./error-kinds.ts";
import { createGroups } from "./groups.ts";
import { type CloseCause, describeCause } from "./link/close-cause.ts";
import type { PhaseName, WorkerReport } from "./messages.ts";
import type { ConversationLayer, LoadPlan, WorkerShare } from "./plan.ts";
import { createRandom, type Random } from "./random.ts";
import type { Scenario, Stage } from "./scenario.ts";
import { scenarioFailure } from "./scenario-failure.ts";
import { Sleepers } from "./sleepers.ts";
import { createStage } from "./stage.ts";
import { Traffic } from "./traffic.ts";
import type { UserState } from "./user-host.ts";
import type { VirtualUser } from "./virtual-user.ts";

/** Grain of timers that have no need to be exact; arrivals are waited for to the millisecond. */
const IDLE_TICK_MS = 20;
const BUSY_TICK_MS = 2;
/** Waiting times between attempts to reconnect, as the clients in the field have them (HB-05). */
const RECONNECT_DELAYS_MS = [1000, 2000, 4000, 8000];
/** Part of the drain in which acts that the traffic has begun may still send. */
const ACTING_SHARE_OF_DRAIN = 0.5;
const CONCURRENT_PREPARATIONS = 64;
/** How much earlier than ours a target's clock of a client's silence may have begun, in milliseconds. */
const CLOCKS_APART_MS = 1_000;
/** Between two looks at whether all is quiet. */
const QUIET_POLL_MS = 20;

/** One process's part of a run. */
export class Worker implements EngineListener {
  readonly #plan: LoadPlan;
  readonly #share: WorkerShare;
  readonly #scenario: Scenario;
  readonly #layers: readonly ConversationLayer[];
  readonly #engine: Engine;
  readonly #random: Random;
  readonly #sleepers = new Sleepers<VirtualUser>();
  #phase: PhaseName | undefined;
  #traffic: Traffic | undefined;
  #rampAt = 0;
  /** Users whose first login is under way or still to come. */
  #comingUp = 0;
  #cutShort = false;
  /** Nobody who was not connected by then is connected any more. */
  #isRampCut = false;
  /** What the scenario's own code threw first: nothing that comes after it is worth measuring. */
  #failure: CuppingError | undefined;
  #notReached: Record<string, number> = {};
  #lost: Record<string, number> = {};
  #unaudited = 0;
  #violationsReported = 0;
  #tick: NodeJS.Timeout | undefined;

  constructor(plan: LoadPlan, share: WorkerShare, scenario: Scenario) {
    this.#plan = plan;
    this.#share = share;
    this.#scenario = scenario;
    this.#random = createRandom(plan.seed, `scenario ${share.firstUser}`);
    this.#layers = scenario.conversations?.(plan.options) ?? [];
    this.#engine = new Engine(plan, share, this.#layers, this);
    this.#schedule(IDLE_TICK_MS);
  }

  /** Runs one phase to its end. @param at when it begins, microseconds */
  async run(phase: PhaseName, at: number): Promise<void> {
    this.#phase = phase;
    this.#cutShort = false;
    await this.#runPhase(phase, at);
    if (this.#failure) throw this.#failure;
  }

  #runPhase(phase: PhaseName, at: number): Promise<void> | void {
    switch (phase) {
      case "ramp":
        return this.#ramp(at);
      case "prepare":
        return this.#prepare();
      case "traffic":
        return this.#runTraffic(at);
      case "drain":
        return this.#drain();
      case "audit":
        return this.#audit();
      case "close":
        return this.#close();
    }
  }

  cutShort(): void {
    this.#cutShort = true;
    if (this.#phase === "ramp") this.#isRampCut = true;
    this.#engine.isOver = true;
    this.#traffic?.stop();
  }

  report(second: number): WorkerReport {
    const { violations, recorder, monitor, online } = this.#engine;
    const found = violations.total - this.#violationsReported;
    this.#violationsReported = violations.total;
    const report: WorkerReport = {
      second,
      recorder: recorder.flush(),
      self: monitor.sample(),
      clients: online,
      violations: found,
      checks: violations.flush(),
      notReached: this.#notReached,
      lost: this.#lost,
      addresses: this.#engine.addresses.takeUsed(),
      clock: this.#engine.clockBound.take(),
      unaudited: this.#unaudited,
    };
    this.#notReached = {};
    this.#lost = {};
    this.#unaudited = 0;
    return report;
  }

  userOnline(user: VirtualUser): void {
    if (this.#phase === "ramp") this.#comingUp--;
    else if (this.#phase === "traffic" && this.#plan.model === "closed") this.#traffic?.think(user);
  }

  userLost(user: VirtualUser, before: UserState, cause: CloseCause): void {
    this.#sleepers.wakeAll(user);
    const words = this.#wasSilent(user, before, cause) ? CLOSED_SILENT : describeCause(cause, before === "logging-in");
    if (this.#phase === "ramp" && before !== "online") {
      this.#comingUp--;
      this.#notReached[words] = (this.#notReached[words] ?? 0) + 1;
      this.#engine.recorder.error(words, nowMicros());
      return;
    }
    if (cause === "closed by us" || this.#phase === "close") return;
    if (before === "online") {
      if (!user.wasLost) this.#lost[words] = (this.#lost[words] ?? 0) + 1;
      user.wasLost = true;
      this.#engine.recorder.count("disconnects", nowMicros());
    } else {
      // Who starts offline comes, and does not come back.
      this.#engine.recorder.error(this.#scenario.startsOffline ? words : reconnectError(words), nowMicros());
    }
    const comesBack = this.#phase === "traffic" || this.#phase === "drain";
    if (comesBack && !this.#scenario.startsOffline) this.#reconnectLater(user);
  }

  /** Whether the target has closed a connection because the plan lets it be silent for longer than a target waits. */
  #wasSilent(user: VirtualUser, before: UserState, cause: CloseCause): boolean {
    if (before !== "online" || (cause !== "closed by target" && cause !== "reset")) return false;
    const isMeant = this.#plan.heartbeatMs >= SILENCE_ENDS_MS;
    return isMeant && this.#engine.silenceOf(user.number) >= SILENCE_ENDS_MS - CLOCKS_APART_MS;
  }

  timerDue(user: VirtualUser, kind: TimerKind, dueMillis: number): void {
    switch (kind) {
      case "heartbeat":
        user.heartbeat();
        this.#engine.isAlive(user.number);
        this.#engine.setTimer(user, "heartbeat", dueMillis + this.#plan.heartbeatMs);
        return;
      case "action":
        if (user.isOnline) this.#traffic?.thought(user, dueMillis);
        else this.#startLogin(user, dueMillis);
        return;
      case "request": {
        const next = user.expire(this.#engine.clock.now());
        if (next !== undefined) this.#engine.armRequestTimeout(user.number, next);
        return;
      }
      case "login":
        this.#engine.loginDue(user);
        return;
      case "sleep":
        this.#wakeSleepers(user);
    }
  }

  #startLogin(user: VirtualUser, dueMillis: number): void {
    if (this.#phase !== "ramp" && this.#phase !== "traffic" && this.#phase !== "drain") return;
    if (this.#isRampCut) return;
    user.startLogin(nowMicros() - (performance.now() - dueMillis) * 1000);
  }

  #reconnectLater(user: VirtualUser): void {
    const delay = RECONNECT_DELAYS_MS[user.attempts++ % RECONNECT_DELAYS_MS.length] as number;
    this.#engine.setTimer(user, "action", performance.now() + delay * (0.5 + Math.random()));
  }

  async #ramp(at: number): Promise<void> {
    if (this.#scenario.startsOffline) return;
    this.#engine.monitor.beginAnew();
    this.#rampAt = performance.now() + (at - nowMicros()) / 1000;
    const { users } = this.#engine;
    this.#comingUp = users.length;
    users.forEach((user, position) => {
      this.#engine.setTimer(user, "action", this.#rampAt + ((position + 0.5) / users.length) * this.#plan.rampMs);
    });
    await this.#until(() => this.#comingUp === 0 || this.#cutShort);
  }

  async #prepare(): Promise<void> {
    await createGroups(this.#engine);
    const { prepare } = this.#scenario;
    if (!prepare) return;
    const stage = this.#stage(nowMicros());
    await forEachConcurrently(this.#engine.users, CONCURRENT_PREPARATIONS, async (user) => {
      if (!user.isOnline || this.#cutShort) return;
      try {
        await prepare(user, stage);
      } catch (error) {
        this.#failed("prepare", error);
      }
    });
    await stage.quiet(this.#plan.drainMs);
  }

  async #runTraffic(at: number): Promise<void> {
    const { warmupMs, durationMs } = this.#plan;
    this.#engine.recorder.setMeasuredTime(at + warmupMs * 1000, at + (warmupMs + durationMs) * 1000);
    await this.#until(() => this.#cutShort || nowMicros() >= at - BUSY_TICK_MS * 1000);
    if (this.#cutShort) return;
    const stage = this.#stage(at);
    const traffic = new Traffic({
      engine: this.#engine,
      plan: this.#plan,
      share: this.#share,
      scenario: this.#scenario,
      layers: this.#layers,
      stage,
      startMicros: at,
      failed: (error) => this.#failed("act", error),
    });
    this.#traffic = traffic;
    this.#wake();
    const during = this.#during(stage).catch((error) => this.#failed("during", error));
    await this.#until(() => traffic.isOver);
    // What was due just before the end still leaves.
    if (!this.#cutShort) traffic.pump();
    traffic.stop();
    await Promise.race([during, this.#until(() => this.#cutShort)]);
  }

  async #during(stage: Stage): Promise<void> {
    await this.#scenario.during?.(stage);
  }

  /** Ends the phase, and the run, because of what the scenario's own code threw. @param part the function's name */
  #failed(part: "prepare" | "act" | "during", error: unknown): void {
    this.#failure ??= scenarioFailure({ name: this.#scenario.name, url: this.#plan.scenarioUrl }, part, error);
    this.cutShort();
  }

  async #drain(): Promise<void> {
    const { drainMs } = this.#plan;
    // Acts that have begun may end, but what they send last must have time to be answered.
    await this.#quiet(drainMs * ACTING_SHARE_OF_DRAIN);
    this.#engine.isOver = true;
    await this.#quiet(drainMs * (1 - ACTING_SHARE_OF_DRAIN));
    if (!this.#cutShort) this.#endWaitingForLogin();
    this.#engine.checker.finish();
  }

  /** What has not been answered by now will not be waited for: it counts as what was left out. */
  #endWaitingForLogin(): void {
    if (!this.#scenario.startsOffline) return;
    for (const user of this.#engine.users) if (user.isComing) user.loginTimedOut();
  }

  async #audit(): Promise<void> {
    // The audit reads what is there: nobody comes back in the middle of it and sends again.
    for (const user of this.#engine.users) if (!user.isOnline) user.drop();
    this.#unaudited = await runAudit(this.#engine, () => this.#cutShort);
  }

  async #quiet(millis: number): Promise<boolean> {
    const { clock } = this.#engine;
    const until = clock.now() + millis;
    const isQuiet = (): boolean =>
      (this.#phase !== "drain" || this.#isAtRest) &&
      !this.#engine.checker.conversations.some((conversation) => this.#engine.checker.hasOutstanding(conversation));
    let quiet = false;
    await this.#until(() => {
      quiet = isQuiet();
      return quiet || clock.now() >= until || this.#cutShort;
    });
    return quiet;
  }

  /** Whether nobody acts any more or is away with messages that are to be sent again. */
  get #isAtRest(): boolean {
    const isSendingAgain = ({ isOnline, unanswered }: VirtualUser): boolean => !isOnline && (unanswered?.size ?? 0) > 0;
    return (this.#traffic?.acting ?? 0) === 0 && !this.#engine.users.some(isSendingAgain);
  }

  #close(): void {
    clearTimeout(this.#tick);
    for (const user of this.#engine.users) user.logout();
    this.#engine.monitor.stop();
  }

  #stage(startMicros: number): Stage {
    const { warmupMs, durationMs } = this.#plan;
    return createStage({
      engine: this.#engine,
      options: this.#plan.options,
      startMicros,
      endMicros: startMicros + (warmupMs + durationMs) * 1000,
      random: this.#random,
      sleep: (user, millis) => this.#sleep(user, millis),
      quiet: (millis) => this.#quiet(millis),
      until: (condition) => this.#until(() => condition() || this.#cutShort),
    });
  }

  #sleep(user: VirtualUser, millis: number): Promise<void> {
    const sleep = this.#sleepers.add(user, performance.now() + millis);
    this.#wakeSleepers(user);
    return sleep;
  }

  #wakeSleepers(user: VirtualUser): void {
    const next = this.#sleepers.wakeDue(user, performance.now());
    if (next !== undefined) this.#engine.setTimer(user, "sleep", next);
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, QUIET_POLL_MS));
  }

  /** One timer of the system drives everything. */
  #schedule(millis: number): void {
    this.#tick = setTimeout(() => this.#wake(), millis);
  }

  #wake(): void {
    clearTimeout(this.#tick);
    this.#engine.clock.now();
    this.#engine.wheel.advance(performance.now());
    const nextArrival = this.#traffic?.pump();
    const isFine = this.#phase === "ramp" || (this.#phase === "traffic" && this.#plan.model === "closed");
    this.#schedule(Math.max(1, Math.min(nextArrival ?? IDLE_TICK_MS, isFine ? BUSY_TICK_MS : IDLE_TICK_MS)));
  }
}
