import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import { deserialize, serialize } from "node:v8";
import { RESP_TYPES } from "@redis/client";
import type { BusPush } from "./bus.ts";
import { KeptPushes } from "./kept-pushes.ts";
import { type RedisConnections, redisRun } from "./redis-connections.ts";
import { EVERYBODY, KEPT_MS, type OutgoingPush, publishAll, streamOf } from "./redis-routing.ts";

/** Pushes that are sent or taken in one go. */
const BATCH = 500;

/** Pushes that wait for Redis; beyond it the oldest are dropped. */
const MOST_WAITING = 20_000;

const RETRY_MS = 100;
const CLOSE_WITHIN_MS = 500;
const BLOCK_MS = 5000;

/** How long a push of another gate may still come that this one had delivered already, in milliseconds. */
const DOUBLED_WITHIN_MS = 10_000;

interface Entry {
  from: string;
  /** Grows by one per push of a gate: what is sent again, because Redis could not say that it has it, counts once. */
  number: number;
  push: BusPush;
  /**
   * Of a push that is given to a Redis that was started again: how long ago the one before it took it, in milliseconds.
   * Gates that are younger were not there to get it.
   */
  age?: number;
}

interface Waiting extends OutgoingPush {
  readonly number: number;
  readonly settled: () => void;
}

/** What came in a stream, and when in Redis's milliseconds. */
interface Arrival {
  readonly at: number;
  readonly entry: Entry;
}

/** Hands pushes to the gates of their users, each once and in the order of the calls. */
export class RedisPushes {
  readonly #redis: RedisConnections;
  readonly #log: (line: string) => void;
  readonly #deliver: (push: BusPush) => void;
  readonly #self: string;
  readonly #waiting: Waiting[] = [];
  readonly #numbers = new Map<string, number>();
  /** By id: what was delivered here and is not known to have been published by this gate and no other. */
  readonly #deliveredHere = new Set<string>();
  readonly #kept = new KeptPushes<Waiting>(KEPT_MS, MOST_WAITING);
  readonly #openedAt = performance.now();
  /** The Redis that has what was sent, and whether the one that answers now may be another. */
  #run: string;
  #mayBeAnother = false;
  #number = 0;
  #sending = false;
  #closed = false;
  /** The newest entry that was taken from each stream. */
  readonly #positions: Map<string, string>;

  private constructor(
    redis: RedisConnections,
    self: string,
    hooks: { log: (line: string) => void; deliver: (push: BusPush) => void },
    { position, run }: { position: string; run: string },
  ) {
    this.#redis = redis;
    this.#run = run;
    this.#log = hooks.log;
    this.#deliver = hooks.deliver;
    this.#self = self;
    this.#positions = new Map([
      [EVERYBODY, position],
      [streamOf(self), "0-0"],
    ]);
  }

  /** Begins to listen: what is published from now on comes to `deliver`. */
  static async open(
    redis: RedisConnections,
    self: string,
    hooks: { log: (line: string) => void; deliver: (push: BusPush) => void },
  ): Promise<RedisPushes> {
    const run = await redisRun(redis);
    const newest = await redis.commands.xRevRange(EVERYBODY, "+", "-", { COUNT: 1 });
    const pushes = new RedisPushes(redis, self, hooks, { position: newest?.[0]?.id ?? "0-0", run });
    redis.commands.on("ready", pushes.#onReconnected);
    void pushes.#listen();
    return pushes;
  }

  publish({ users, command_id, body, once, repeated, origin }: BusPush): Promise<void> {
    // A copy: the body may be a view of a buffer that holds much more.
    const push: BusPush = { users: [...users], command_id, body: Uint8Array.from(body), once, repeated, origin };
    const entry: Entry = { from: this.#self, number: ++this.#number, push };
    const isRepeated = repeated === true;
    if (once !== undefined && !isRepeated) this.#deliveredHere.add(once);
    const settled = new Promise<void>((resolve) => {
      const { number } = entry;
      this.#waiting.push({ number, once, users, toSelf: isRepeated, entry: serialize(entry), settled: resolve });
    });
    if (this.#waiting.length > MOST_WAITING) {
      const dropped = this.#waiting.shift() as Waiting;
      this.#published(dropped, false);
      dropped.settled();
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

  readonly #onReconnected = (): void => {
    this.#mayBeAnother = true;
    if (!this.#sending) void this.#send();
  };

  /** Puts what a Redis before this one had taken in front of what waits: the same numbers count once. */
  async #meetRedis(): Promise<void> {
    this.#mayBeAnother = false;
    try {
      const run = await redisRun(this.#redis);
      if (run === this.#run) return;
      this.#run = run;
    } catch (error) {
      this.#mayBeAnother = true;
      throw error;
    }
    const again = this.#kept.takeAll().map(({ push, age }): Waiting => {
      const entry = deserialize(push.entry) as Entry;
      const aged: Entry = { ...entry, age: (entry.age ?? 0) + age };
      return { ...push, entry: serialize(aged), settled: () => {} };
    });
    this.#waiting.unshift(...again);
  }

  /** Sends what waits, and what comes meanwhile; again until Redis has it. */
  async #send(): Promise<void> {
    this.#sending = true;
    while ((this.#waiting.length > 0 || this.#mayBeAnother) && !this.#closed) {
      try {
        if (this.#mayBeAnother) await this.#meetRedis();
        const batch = this.#waiting.slice(0, BATCH);
        if (batch.length === 0) continue;
        const first = await publishAll(this.#redis, this.#self, batch);
        for (const [index, each] of batch.entries()) this.#published(each, first[index] === true);
        // Some may have been dropped at the front meanwhile.
        const sent = batch.at(-1)?.number ?? 0;
        const next = this.#waiting.findIndex(({ number }) => number > sent);
        for (const { settled } of this.#waiting.splice(0, next === -1 ? this.#waiting.length : next)) settled();
        this.#kept.add(batch);
      } catch (error) {
        this.#log(`redis: pushes wait for the other gates: ${(error as Error).message}`);
        await delay(RETRY_MS);
      }
    }
    this.#sending = false;
  }

  #published({ once, toSelf }: Waiting, isFirst: boolean): void {
    if (once === undefined || toSelf) return;
    if (isFirst) this.#deliveredHere.delete(once);
    // Another gate was faster, and what it published comes here too; or Redis's answer was lost; or the push is dropped.
    else setTimeout(() => this.#deliveredHere.delete(once), DOUBLED_WITHIN_MS).unref();
  }

  async #listen(): Promise<void> {
    const client = this.#redis.listener.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
    while (!this.#closed) {
      try {
        const from = [...this.#positions].map(([key, id]) => ({ key, id }));
        // Everything that both streams have at one moment: a part of each could not be put in order.
        const streams = (await client.xRead(from, { BLOCK: BLOCK_MS })) ?? [];
        const arrivals: Arrival[] = [];
        for (const { name, messages } of streams) {
          for (const { id, message } of messages) {
            const at = Number(String(id).split("-")[0]);
            arrivals.push({ at, entry: deserialize(message["entry"] as unknown as Buffer) as Entry });
            this.#positions.set(String(name), String(id));
          }
        }
        if (streams.length > 1)
          arrivals.sort((one, other) => one.at - other.at || one.entry.number - other.entry.number);
        await this.#takeAll(arrivals);
      } catch (error) {
        if (this.#closed) return;
        this.#log(`redis: ${(error as Error).message}`);
        await delay(RETRY_MS);
      }
    }
  }

  /** Some at a time: who was without Redis for seconds finds many. */
  async #takeAll(arrivals: readonly Arrival[]): Promise<void> {
    for (let start = 0; start < arrivals.length; start += BATCH) {
      if (start > 0) await nextTurn();
      for (const { entry } of arrivals.slice(start, start + BATCH)) this.#take(entry);
    }
  }

  #take({ from, number, push, age = 0 }: Entry): void {
    if (from === this.#self && push.repeated !== true) return;
    if (number <= (this.#numbers.get(from) ?? 0)) return;
    this.#numbers.set(from, number);
    if (age > performance.now() - this.#openedAt) return;
    if (push.once !== undefined && this.#deliveredHere.delete(push.once)) return;
    const { origin, ...foreign } = push;
    this.#deliver(from === this.#self ? { ...foreign, origin } : foreign);
  }
}
