import { Pool, type PoolClient, TypeOverrides } from "pg";
import type { Committed } from "../sqlite/commit-queue.ts";

/** Connections to the database, and so operations at the same time. */
const LANES = 8;

/** How long the database may take for anything, in milliseconds: less than clients wait (CONN-21, LOGIN-16). */
const PATIENCE_MS = 2500;

const INT8 = 20;

/** All 64-bit integers come as bigint. */
function bigintTypes(): TypeOverrides {
  const types = new TypeOverrides();
  types.setTypeParser(INT8, (text: string) => BigInt(text));
  return types;
}

/** Work on one connection. */
export type Work<Result> = (client: PoolClient) => Promise<Result>;

/**
 * Connections on which the operations of one user follow each other in the order of the calls, while those of others
 * run beside them.
 */
export class Lanes {
  readonly #pool: Pool;
  readonly #committed: Committed;
  readonly #tails: Promise<unknown>[] = Array.from({ length: LANES }, () => Promise.resolve());

  constructor(address: string, committed: Committed) {
    this.#committed = committed;
    this.#pool = new Pool({
      connectionString: address,
      max: LANES,
      types: bigintTypes(),
      connectionTimeoutMillis: PATIENCE_MS,
      statement_timeout: PATIENCE_MS,
      application_name: "cupping",
    });
    // An idle connection that breaks is replaced at its next use, which is told when that fails.
    this.#pool.on("error", () => {});
    // One that breaks while it is in use fails its statement; without a listener its event would end the process, too.
    this.#pool.on("connect", (client) => client.on("error", () => {}));
  }

  /** Runs one statement, or more that need not be one transaction. */
  run<Result>(user: bigint, work: Work<Result>): Promise<Result> {
    const lane = Number(BigInt.asUintN(64, user) % BigInt(LANES));
    const result = (this.#tails[lane] as Promise<unknown>).then(() => this.#withClient(work));
    this.#tails[lane] = result.catch(() => {});
    return result;
  }

  /** Runs work in a transaction: all of it takes effect, or nothing. */
  transact<Result>(user: bigint, work: Work<Result>): Promise<Result> {
    return this.run(user, async (client) => {
      await client.query("BEGIN");
      try {
        const result = await work(client);
        await client.query("COMMIT");
        return result;
      } catch (error) {
        await client.query("ROLLBACK");
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#tails);
    await this.#pool.end();
  }

  async #withClient<Result>(work: Work<Result>): Promise<Result> {
    const begun = performance.now();
    const client = await this.#pool.connect();
    let failure: Error | undefined;
    try {
      return await work(client);
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      // A statement that the database refused leaves the connection usable; anything else does not.
      client.release(failure !== undefined && !("code" in failure));
      this.#committed(performance.now() - begun, 1);
    }
  }
}
