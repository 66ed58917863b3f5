import { setTimeout as delay } from "node:timers/promises";
import type { PoolClient } from "pg";
import { isStoreError, StoreError } from "../errors.ts";
import type { Committed } from "../store.ts";
import { CONNECTIONS, Connections, PATIENCE_MS, type Work } from "./connections.ts";

/** A write may wait longer for its turn: clients give a message ten seconds. Milliseconds. */
const WRITE_PATIENCE_MS = 4000;

/** Who writes what is nobody's yet, such as an account that is made: nothing of it is in an order. */
const NOBODY = 0n;

const TOO_SLOW = "PostgreSQL is too slow";

/** How long, and how often, a write whose connection broke is followed up until its outcome is known, in milliseconds. */
const FOLLOW_UP_MS = 5000;
const RETRY_MS = 50;

/**
 * A write that finds out by itself what an earlier run of it has done.
 * @param again an earlier run may have taken effect: its connection broke
 */
export type RepeatableWork<Result> = (client: PoolClient, again: boolean) => Promise<Result>;

/** An operation that waits for those before it. */
interface Turn {
  readonly user: bigint;
  readonly isWrite: boolean;
  giveUp(why: string): void;
}

/** Operations that run one after the other. */
interface Lane {
  /** Fulfilled when the last of them is done. */
  tail: Promise<void>;
  readonly waiting: Set<Turn>;
}

/**
 * Runs the operations of one user one after the other, in the order of the calls, while those of others run beside
 * them. None is reported as failed that may have taken effect: when a connection breaks under a write, what became of
 * it is found out over another one (MSG-20).
 */
export class Lanes {
  readonly #connections: Connections;
  readonly #lanes: Lane[] = Array.from({ length: CONNECTIONS }, () => ({
    tail: Promise.resolve(),
    waiting: new Set(),
  }));

  constructor(address: string, committed: Committed) {
    this.#connections = new Connections(address, committed);
  }

  /** Runs work that changes nothing; once more when its connection broke soon. */
  read<Result>(user: bigint, work: Work<Result>): Promise<Result> {
    return this.#inTurn({ user, isWrite: false }, async () => {
      const begun = performance.now();
      try {
        return await this.#connections.use(work);
      } catch (error) {
        if (!isStoreError(error, "connection-lost") || performance.now() - begun > PATIENCE_MS / 2) throw error;
        return this.#connections.use(work);
      }
    });
  }

  /**
   * Runs one statement that changes something; again as often as its connection breaks.
   * @throws StoreError `outcome-unknown`
   */
  write<Result>(user: bigint, work: RepeatableWork<Result>): Promise<Result> {
    return this.#inTurn({ user, isWrite: true }, async () => {
      try {
        return await this.#connections.use((client) => work(client, false));
      } catch (error) {
        if (!isStoreError(error, "connection-lost")) throw error;
        return this.#followUp((client) => work(client, true), error);
      }
    });
  }

  /**
   * Runs work in a transaction: all of it takes effect, or nothing.
   * @throws StoreError `outcome-unknown`
   */
  transact<Result>(user: bigint, work: Work<Result>): Promise<Result> {
    return this.#inTurn({ user, isWrite: true }, async () => {
      /** Set once the transaction is ready to be committed. */
      let ready: { id: string; result: Result } | undefined;
      try {
        return await this.#connections.use(async (client) => {
          const id = await begin(client);
          try {
            const result = await work(client);
            ready = { id, result };
            await client.query("COMMIT");
            return result;
          } catch (error) {
            await client.query("ROLLBACK").catch(() => {});
            throw error;
          }
        });
      } catch (error) {
        if (!isStoreError(error, "connection-lost") || !ready) throw error;
        const { id, result } = ready;
        if (await this.#followUp((client) => hasCommitted(client, id), error)) return result;
        throw error;
      }
    });
  }

  /**
   * Fulfilled when the database can be written now and its disk has not just refused a write.
   * @param write changes nothing, but is a write
   */
  async probe(write: Work<unknown>): Promise<void> {
    await this.#connections.use(write);
    const { refusal } = this.#connections;
    if (refusal) throw refusal;
  }

  /** Runs work that takes as long as it takes. */
  prepare(work: Work<void>): Promise<void> {
    return this.#connections.use(work, Number.POSITIVE_INFINITY);
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.map(({ tail }) => tail));
    await this.#connections.close();
  }

  /**
   * Begins work when that of the same user before it is done. Gives it up when its turn does not come in time, and a write
   * also when one before it failed or was given up, or its outcome is unknown: where the sender's connection is gone it
   * will send that again, and what came later must not stand before it then (MSG-05).
   */
  #inTurn<Result>({ user, isWrite }: Pick<Turn, "user" | "isWrite">, work: () => Promise<Result>): Promise<Result> {
    const lane = this.#lanes[Number(BigInt.asUintN(64, user) % BigInt(CONNECTIONS))] as Lane;
    const giveUpWrites = (why: string): void => {
      if (user === NOBODY) return;
      for (const next of lane.waiting) if (next.isWrite && next.user === user) next.giveUp(why);
    };
    return new Promise((resolve, reject) => {
      const turn: Turn = {
        user,
        isWrite,
        giveUp: (why) => {
          lane.waiting.delete(turn);
          reject(new Error(`the operation was not begun: ${why}`));
        },
      };
      lane.waiting.add(turn);
      const tooLate = (): void => {
        turn.giveUp(TOO_SLOW);
        if (isWrite) giveUpWrites(TOO_SLOW);
      };
      const timer = setTimeout(tooLate, isWrite ? WRITE_PATIENCE_MS : PATIENCE_MS);
      lane.tail = lane.tail.then(async () => {
        clearTimeout(timer);
        if (!lane.waiting.delete(turn)) return;
        await work().then(resolve, (error: unknown) => {
          reject(error);
          if (!isWrite || isAboutData(error)) return;
          const isUnknown = isStoreError(error, "outcome-unknown");
          giveUpWrites(isUnknown ? "it is not known what became of the one before it" : "the one before it failed");
        });
      });
    });
  }

  /** Tries until it succeeds; while it does not, nobody knows what became of the write. */
  async #followUp<Result>(work: Work<Result>, lost: StoreError): Promise<Result> {
    const deadline = performance.now() + FOLLOW_UP_MS;
    for (;;) {
      try {
        return await this.#connections.use(work);
      } catch (error) {
        if (performance.now() > deadline) {
          const message = `it is not known whether a write took effect: ${lost.message}, and then: ${(error as Error).message}`;
          throw new StoreError("outcome-unknown", message, { cause: lost });
        }
      }
      await delay(RETRY_MS);
    }
  }
}

/** Whether the database refused what it was given, as it would at any time: a constraint or a value that does not fit. */
function isAboutData(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === "string" && /^2[23]...$/.test(code);
}

/** @returns the transaction's id, by which its outcome can be asked for */
async function begin(client: PoolClient): Promise<string> {
  // Several statements in one text have several results, which the types do not know of.
  const results = (await client.query("BEGIN; SELECT pg_current_xact_id()::text AS id")) as unknown;
  const [, { rows }] = results as [unknown, { rows: [{ id: string }] }];
  return rows[0].id;
}

/** @throws when that is not known, or not yet */
async function hasCommitted(client: PoolClient, transaction: string): Promise<boolean> {
  const { rows } = await client.query<{ status: string | null }>("SELECT pg_xact_status($1::text::xid8) AS status", [
    transaction,
  ]);
  const status = rows[0]?.status;
  if (status === "committed") return true;
  if (status === "aborted") return false;
  throw new Error(`the transaction is ${status ?? "forgotten"}`);
}
