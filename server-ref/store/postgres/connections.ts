import { Pool, type PoolClient, TypeOverrides } from "pg";
import { StoreError } from "../errors.ts";
import type { Committed } from "../store.ts";

/** Connections to the database, and so operations at the same time. */
export const CONNECTIONS = 8;

/** How long the database may take for anything, in milliseconds: less than clients wait (CONN-21, LOGIN-16). */
export const PATIENCE_MS = 2500;

/** A statement is given up by the database before its connection is given up here, so that its end is known. */
const STATEMENT_MS = 2000;

const INT8 = 20;

/** The code of an error that the database itself reports (SQLSTATE); the system's own, as EPIPE, begin with E. */
const SQL_STATE = /^(?!E)[0-9A-Z]{5}$/;

/** SQLSTATEs that a connection ends with: shut down by an operator, broken, idle for too long. */
const ENDING = /^(57P|08|25P03)/;

/** All 64-bit integers come as bigint. */
function bigintTypes(): TypeOverrides {
  const types = new TypeOverrides();
  types.setTypeParser(INT8, (text: string) => BigInt(text));
  return types;
}

/** Work on one connection. */
export type Work<Result> = (client: PoolClient) => Promise<Result>;

/** The SQLSTATE of an error that the database reported, else undefined. */
function sqlState(error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === "string" && SQL_STATE.test(code) ? code : undefined;
}

/** Whether the database refused a statement and the connection goes on. */
function isRefusal(error: unknown): boolean {
  const state = sqlState(error);
  return state !== undefined && !ENDING.test(state);
}

/** SQLSTATEs of what a disk does: full, or an error of input or output. */
const DISK_ERROR = /^(53100|58)/;

/** How long a write that the disk refused is held against the store, in milliseconds. */
const REFUSED_FOR_MS = 10_000;

/** A pool of connections that distinguishes what the database refused from what it could no longer answer. */
export class Connections {
  readonly #pool: Pool;
  readonly #committed: Committed;
  readonly #broken = new WeakSet<PoolClient>();
  /** The last statement that the disk refused. */
  #refused: { error: Error; at: number } | undefined;

  constructor(address: string, committed: Committed) {
    this.#committed = committed;
    this.#pool = new Pool({
      connectionString: address,
      max: CONNECTIONS,
      types: bigintTypes(),
      connectionTimeoutMillis: PATIENCE_MS,
      statement_timeout: STATEMENT_MS,
      // Of a connection that vanished in the middle of a transaction, whose locks others wait for.
      idle_in_transaction_session_timeout: STATEMENT_MS,
      application_name: "cupping",
    });
    // An idle connection that breaks is replaced at its next use, which is told when that fails.
    this.#pool.on("error", () => {});
    this.#pool.on("connect", (client) => client.on("error", () => this.#broken.add(client)));
  }

  /**
   * Does work on a connection, within {@link PATIENCE_MS} unless told otherwise.
   * @throws StoreError `connection-lost` when the connection broke under it; any other error means that what was not
   *   committed before it has not happened
   */
  async use<Result>(work: Work<Result>, patienceMs: number = PATIENCE_MS): Promise<Result> {
    const begun = performance.now();
    const client = await this.#pool.connect();
    const giveUp = (): void => {
      this.#broken.add(client);
      void client.end();
    };
    const timer = Number.isFinite(patienceMs) ? setTimeout(giveUp, patienceMs) : undefined;
    let failure: unknown;
    try {
      return await work(client);
    } catch (error) {
      failure = error;
      if (DISK_ERROR.test(sqlState(error) ?? "")) this.#refused = { error: error as Error, at: performance.now() };
      const isLost = sqlState(error) === undefined ? this.#broken.has(client) : !isRefusal(error);
      if (!isLost) throw error;
      const message = `the connection to PostgreSQL broke: ${(error as Error).message}`;
      throw new StoreError("connection-lost", message, { cause: error });
    } finally {
      clearTimeout(timer);
      // A statement that the database refused leaves the connection usable; anything else does not.
      client.release(failure !== undefined && !isRefusal(failure));
      this.#committed(performance.now() - begun, 1);
    }
  }

  /** What the disk refused a short time ago: it may have room for a row and none for a message. */
  get refusal(): Error | undefined {
    const refused = this.#refused;
    return refused && performance.now() - refused.at < REFUSED_FOR_MS ? refused.error : undefined;
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
