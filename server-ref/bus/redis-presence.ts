import { randomUUID } from "node:crypto";
import { inTime, type RedisConnections } from "./redis-connections.ts";

/** How long a gate counts as alive after its last sign of life, and how often it gives one, in milliseconds. */
const GATE_EXPIRES_MS = 10_000;
const GATE_RENEWS_MS = 3000;

/** Users that are announced in one go. */
const BATCH = 1000;

const gateKey = (gate: string): string => `cupping:gate:${gate}`;
const userKey = (userId: bigint): string => `cupping:online:${userId}`;

/**
 * Who is online, over all gates: a user is while one of the gates in the user's set is alive, so that a gate that was
 * killed leaves nobody online for long. When Redis has lost everything, each gate announces its users again.
 */
export class RedisPresence {
  readonly #commands: RedisConnections["commands"];
  readonly #log: (line: string) => void;
  readonly #gate = randomUUID();
  readonly #online = new Set<bigint>();
  /** Users whose state Redis may not know yet. */
  readonly #unannounced = new Set<bigint>();
  #renewing: NodeJS.Timeout | undefined;

  private constructor(commands: RedisConnections["commands"], log: (line: string) => void) {
    this.#commands = commands;
    this.#log = log;
  }

  /** Announces this gate, and keeps doing so. */
  static async open({ commands }: RedisConnections, log: (line: string) => void): Promise<RedisPresence> {
    const presence = new RedisPresence(commands, log);
    await presence.#renew();
    presence.#renewing = setInterval(presence.#renewOrLog, GATE_RENEWS_MS);
    commands.on("ready", presence.#renewOrLog);
    return presence;
  }

  /** The user's first connection on this gate came, or the last one went. */
  async set(userId: bigint, online: boolean): Promise<void> {
    if (online) this.#online.add(userId);
    else this.#online.delete(userId);
    this.#unannounced.add(userId);
    await inTime(this.#announce(userId));
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
    clearInterval(this.#renewing);
    this.#commands.off("ready", this.#renewOrLog);
    // Otherwise it expires.
    if (this.#commands.isReady) await inTime(this.#commands.del(gateKey(this.#gate))).catch(() => {});
  }

  readonly #renewOrLog = (): void => {
    this.#renew().catch((error: Error) => this.#log(`redis: ${error.message}`));
  };

  /** Renews the sign of life; if Redis had lost it, also announces everyone who is online here. */
  async #renew(): Promise<void> {
    const before = await this.#commands.set(gateKey(this.#gate), "alive", { PX: GATE_EXPIRES_MS, GET: true });
    if (before === null) for (const userId of this.#online) this.#unannounced.add(userId);
    const users = [...this.#unannounced];
    for (let start = 0; start < users.length; start += BATCH) {
      await Promise.all(users.slice(start, start + BATCH).map((userId) => this.#announce(userId)));
    }
  }

  async #announce(userId: bigint): Promise<void> {
    const online = this.#online.has(userId);
    if (online) await this.#commands.sAdd(userKey(userId), this.#gate);
    else await this.#commands.sRem(userKey(userId), this.#gate);
    if (this.#online.has(userId) === online) this.#unannounced.delete(userId);
  }
}
