import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { WorkQueue, type WorkQueueOptions } from "./work-queue.ts";

/** Default of `passwordCost`: 2^14 rounds and 16 MiB, tens of milliseconds per login. */
export const DEFAULT_PASSWORD_COST = 14;

/** The cheapest setting, for load and conformance runs in which the password is not the point. */
export const CHEAPEST_PASSWORD_COST = 1;

/** The dearest setting: a gigabyte of memory per login. */
export const DEAREST_PASSWORD_COST = 20;

const SALT_BYTES = 16;
const KEY_BYTES = 32;
const BLOCK_SIZE = 8;

/**
 * Two of libuv's four threads, so that files and names are still looked up during a flood of logins; and no login
 * waits longer than clients do (3 s, LOGIN-16).
 */
const QUEUE: WorkQueueOptions = { concurrency: 2, maxWaiting: 1024, maxWaitMs: 2500 };

/** Turns passwords into what is stored, and checks them, without blocking the event loop. */
export interface PasswordHasher {
  /**
   * What to store for a password.
   * @param patienceMs longest wait for its turn, in milliseconds; default: as long as clients wait for a login
   * @throws ServerError `queue-full`
   */
  hash(password: string, patienceMs?: number): Promise<string>;
  /**
   * Whether the password belongs to the stored text. Without a stored text (no such user) the answer is false after
   * the same work, so that an unknown name and a wrong password take the same time (LOGIN-04).
   * @throws ServerError `queue-full`
   */
  verify(password: string, stored: string | undefined): Promise<boolean>;
  /** Passwords that wait for their turn. */
  readonly waiting: number;
}

interface StoredHash {
  cost: number;
  salt: Buffer;
  key: Buffer;
}

/**
 * What scrypt is given for a password: HMAC fills its key up with zeros, so that a text and the same with zeros behind
 * it would be one (LOGIN-15).
 */
function distinct(password: string): string {
  return password.includes("\0") ? createHash("sha256").update(password).digest("hex") : password;
}

function deriveKey(password: string, salt: Buffer, cost: number): Promise<Buffer> {
  const rounds = 2 ** cost;
  const options = { N: rounds, r: BLOCK_SIZE, p: 1, maxmem: 256 * rounds * BLOCK_SIZE + 2 ** 20 };
  return new Promise((resolve, reject) => {
    scrypt(distinct(password), salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function format({ cost, salt, key }: StoredHash): string {
  return `scrypt$${cost}$${salt.toString("base64")}$${key.toString("base64")}`;
}

function parse(stored: string): StoredHash {
  const [scheme, cost, salt, key] = stored.split("$");
  if (scheme !== "scrypt" || !cost || !salt || !key) throw new Error("a stored password is not in the form scrypt$…");
  return { cost: Number(cost), salt: Buffer.from(salt, "base64"), key: Buffer.from(key, "base64") };
}

/**
 * A hasher by scrypt, salted per password; the stored text carries its cost, so that the cost can change later.
 * @param cost base-2 logarithm of scrypt's rounds, {@link CHEAPEST_PASSWORD_COST} to {@link DEAREST_PASSWORD_COST}
 */
export function createPasswordHasher(
  cost: number = DEFAULT_PASSWORD_COST,
  queueOptions: WorkQueueOptions = QUEUE,
): PasswordHasher {
  const queue = new WorkQueue(queueOptions);
  const nobody: StoredHash = { cost, salt: randomBytes(SALT_BYTES), key: randomBytes(KEY_BYTES) };

  return {
    async hash(password, patienceMs) {
      const salt = randomBytes(SALT_BYTES);
      return format({ cost, salt, key: await queue.run(() => deriveKey(password, salt, cost), patienceMs) });
    },
    async verify(password, stored) {
      const expected = stored === undefined ? nobody : parse(stored);
      const key = await queue.run(() => deriveKey(password, expected.salt, expected.cost));
      return timingSafeEqual(key, expected.key) && stored !== undefined;
    },
    get waiting() {
      return queue.waiting;
    },
  };
}
