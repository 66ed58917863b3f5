import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { deserialize, serialize } from "node:v8";
import { RESP_TYPES } from "@redis/client";
import type { BusPush } from "./bus.ts";
import type { RedisConnections } from "./redis-connections.ts";

/** A stream, so that a gate whose connection broke goes on where it was. */
const STREAM = "cupping:pushes";

/** How long the stream keeps pushes, in milliseconds: a gate may be without Redis for so long and misses none. */
const KEPT_MS = 10_000;

/** Pushes that are sent or taken in one go. */
const BATCH = 500;

/** Pushes that wait for Redis; beyond it the oldest are dropped. */
const MOST_WAITING = 20_000;

const RETRY_MS = 100;
const CLOSE_WITHIN_MS = 500;
const BLOCK_MS = 5000;

interface Entry {
  from: string;
  /** Grows by one per push of a gate: what is sent again, because Redis could not say that it has it, counts once. */
  number: number;
  push: BusPush;
}

/** Hands pushes to all other gates, each once and in the order of the calls. */
export class RedisPushes {
  readonly #redis: RedisConnections;
  readonly #log: (line: string) => void;
  readonly #deliver: (push: BusPush) => void;
  readonly #self = randomUUID();
  readonly #waiting: { number: number; bytes: Buffer; settled: () => void }[] = [];
  readonly #numbers = new Map<string, number>();
  #number = 0;
  #sending = false;
  #closed = false;
  /** The newest entry that was taken. */
  #position: string;

  private constructor(
    redis: RedisConnections,
    log: (line: string) => void,
    deliver: (push: BusPush) => void,
    position: string,
  ) {
    this.#redis = redis;
    this.#log = log;
    this.#deliver = deliver;
    this.#position = position;
  }

  /** Begins to listen: what is published from now on comes to `deliver`. */
  static async open(
    redis: RedisConnections,
    log: (line: string) => void,
    deliver: (push: BusPush) => void,
  ): Promise<RedisPushes> {
    const newest = await redis.commands.xRevRange(STREAM, "+", "-", { COUNT: 1 });
    const pushes = new RedisPushes(redis, log, deliver, newest?.[0]?.id ?? "0-0");
    void pushes.#listen();
    return pushes;
  }

  publish({ users, command_id, body }: BusPush): Promise<void> {
    // A copy: the body may be a view of a buffer that holds much more.
    const push: BusPush = { users: [...users], command_id, body: Uint8Array.from(body) };
    const entry: Entry = { from: this.#self, number: ++this.#number, push };
    const settled = new Promise<void>((resolve) => {
      this.#waiting.push({ number: entry.number, bytes: serialize(entry), settled: resolve });
    });
    if (this.#waiting.length > MOST_WAITING) {
      this.#waiting.shift()?.settled();
      this.#log("redis: a push did not reach the other gates: too many wait");
    }
    if (!this.#sending) void this.#send();
    return settled;
  }

  /** Gives what still waits a moment to leave. */
  async close(): Promise<void> {
    const deadline = performance.now() + CLOSE_WITHIN_MS;
    while (this.#waiting.length > 0 && performance.now() < deadline) await delay(10);
    this.#closed = true;
  }

  /** Sends what waits, and what comes meanwhile; again until Redis has it. */
  async #send(): Promise<void> {
    this.#sending = true;
    while (this.#waiting.length > 0 && !this.#closed) {
      const batch = this.#waiting.slice(0, BATCH);
      try {
        await this.#add(batch.map(({ bytes }) => bytes));
        // Some may have been dropped at the front meanwhile.
        const sent = batch.at(-1)?.number ?? 0;
        const next = this.#waiting.findIndex(({ number }) => number > sent);
        for (const { settled } of this.#waiting.splice(0, next === -1 ? this.#waiting.length : next)) settled();
      } catch (error) {
        this.#log(`redis: pushes wait for the other gates: ${(error as Error).message}`);
        await delay(RETRY_MS);
      }
    }
    this.#sending = false;
  }

  /** All of them or none. */
  async #add(batch: readonly Buffer[]): Promise<void> {
    // Redis's own clock stands in the ids that it gives.
    const newest = Number(this.#position.split("-")[0]);
    const TRIM = { strategy: "MINID", strategyModifier: "~", threshold: Math.max(0, newest - KEPT_MS) } as const;
    const transaction = this.#redis.commands.multi();
    for (const entry of batch) transaction.xAdd(STREAM, "*", { entry }, { TRIM });
    await transaction.exec();
  }

  async #listen(): Promise<void> {
    const client = this.#redis.listener.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
    while (!this.#closed) {
      try {
        const streams = await client.xRead({ key: STREAM, id: this.#position }, { BLOCK: BLOCK_MS, COUNT: BATCH });
        for (const { id, message } of streams?.[0]?.messages ?? []) {
          this.#position = String(id);
          this.#take(deserialize(message["entry"] as unknown as Buffer) as Entry);
        }
      } catch (error) {
        if (this.#closed) return;
        this.#log(`redis: ${(error as Error).message}`);
        await delay(RETRY_MS);
      }
    }
  }

  #take({ from, number, push }: Entry): void {
    if (from === this.#self || number <= (this.#numbers.get(from) ?? 0)) return;
    this.#numbers.set(from, number);
    this.#deliver(push);
  }
}
