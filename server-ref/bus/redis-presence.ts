import { setTimeout as delay } from "node:timers/promises";
import { inTime, type RedisConnections } from "./redis-connections.ts";
import { gateKey, leave, settle, userKey } from "./redis-routing.ts";

/** How long a gate counts as alive after its last sign of life, in milliseconds. */
const GATE_EXPIRES_MS = 10_000;

/** How long Redis counts as knowing all users of a gate after the gate last said so, in milliseconds. */
const SETTLED_MS = 2000;

/** How often a gate says both, in milliseconds. */
const RENEWS_MS = 500;

/** Users that are announced in one go. */
const BATCH = 1000;

const RETRY_MS = 100;

/**
 * Who is online, over all gates: a user is while one of the gates in the user's set is alive, so that a gate that was
 * killed leaves nobody online for long. When Redis has lost everything, each gate announces its users again.
 *
 * Pushes go where Redis knows users to be, as long as each gate goes on saying that Redis knows all of its users; else to
 * all gates. So nobody is told to be logged in before Redis knows it, or before it can no longer be taken to know all.
 */
export class RedisPresence {
  readonly #commands: RedisConnections["commands"];
  readonly #log: (line: string) => void;
  readonly #gate: string;
  readonly #online = new Set<bigint>();
  /** Users whose state Redis may not know yet. */
  readonly #unannounced = new Set<bigint>();
  #isRenewing = false;
  /** From then on Redis does not count as knowing all users. */
  #settledUntil = 0;
  #timer: NodeJS.Timeout | undefined;

  private constructor(commands: RedisConnections["commands"], gate: string, log: (line: string) => void) {
    this.#commands = commands;
    this.#gate = gate;
    this.#log = log;
  }

  /** Announces this gate, and keeps doing so. */
  static async open({ commands }: RedisConnections, gate: string, log: (line: string) => void): Promise<RedisPresence> {
    const presence = new RedisPresence(commands, gate, log);
    await presence.#renew();
    presence.#timer = setInterval(presence.#renewOrLog, RENEWS_MS);
    commands.on("ready", presence.#renewOrLog);
    return presence;
  }

  /** A user comes to this gate. Fulfilled when no push that is published from now on misses it; never rejected. */
  async announce(userId: bigint): Promise<void> {
    const announced = this.#set(userId, true).catch((error: Error) => {
      if (this.#commands.isReady) this.#log(`redis: ${error.message}`);
    });
    // Without an answer the user is unannounced, and with such users the gate does not say that Redis knows all.
    while (this.#unannounced.has(userId) && performance.now() < this.#settledUntil) {
      await Promise.race([announced, delay(this.#settledUntil - performance.now())]);
      if (this.#unannounced.has(userId)) await delay(Math.min(RETRY_MS, this.#settledUntil - performance.now()));
    }
  }

  /** The last connection of a user has gone. */
  withdraw(userId: bigint): Promise<void> {
    return inTime(this.#set(userId, false));
  }

  #set(userId: bigint, online: boolean): Promise<void> {
    if (online) this.#online.add(userId);
    else this.#online.delete(userId);
    this.#unannounced.add(userId);
    return this.#tell(userId);
  }

  isOnline(userId: bigint): Promise<boolean> {
    return inTime(this.#isOnline(userId));
  }

  async #isOnline(userId: bigint): Promise<boolean> {
    const gates = await this.#commands.sMembers(userKey(userId));
    const signs = await Promise.all(gates.map((gate) => this.#commands.exists(gateKey(gate))));
    const dead = gates.filter((_gate, index) => signs[index] === 0);
    if (dead.length > 0) await this.#commands.sRem(userKey(userId), dead);
    return gates.length > dead.length;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#commands.off("ready", this.#renewOrLog);
    // Otherwise it expires.
    if (this.#commands.isReady) await inTime(leave({ commands: this.#commands }, this.#gate)).catch(() => {});
  }

  readonly #renewOrLog = (): void => {
    if (!this.#commands.isReady) return;
    this.#renew().catch((error: Error) => this.#log(`redis: ${error.message}`));
  };

  async #renew(): Promise<void> {
    // One that Redis keeps waiting must not pile up: what is said late would be taken for new.
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    try {
      await this.#sayAlive();
      // Users that come now are announced behind, on the same connection.
      if (this.#unannounced.size > 0) return;
      await settle({ commands: this.#commands }, this.#gate, SETTLED_MS);
      this.#settledUntil = performance.now() + SETTLED_MS;
    } finally {
      this.#isRenewing = false;
    }
  }

  /** Renews the sign of life; if Redis had lost it, also announces everyone who is online here. */
  async #sayAlive(): Promise<void> {
    const before = await this.#commands.set(gateKey(this.#gate), "alive", { PX: GATE_EXPIRES_MS, GET: true });
    if (before === null) for (const userId of this.#online) this.#unannounced.add(userId);
    const users = [...this.#unannounced];
    for (let start = 0; start < users.length; start += BATCH) {
      await Promise.all(users.slice(start, start + BATCH).map((userId) => this.#tell(userId)));
    }
  }

  async #tell(userId: bigint): Promise<void> {
    const online = this.#online.has(userId);
    if (online) await this.#commands.sAdd(userKey(userId), this.#gate);
    else await this.#commands.sRem(userKey(userId), this.#gate);
    if (this.#online.has(userId) === online) this.#unannounced.delete(userId);
  }
}
