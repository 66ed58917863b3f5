import { createClient, type RedisClientType } from "@redis/client";
import { StoreError } from "../store/errors.ts";

/** How long Redis may take to answer for the first time, in milliseconds. */
const CONNECT_TIMEOUT_MS = 3000;

/** How long Redis may take after that: less than clients wait, and later requests wait behind (CONN-16, CONN-21). */
const PATIENCE_MS = 2500;

/** A connection with the plain commands: no modules, functions or scripts, and protocol 3. */
// biome-ignore lint/complexity/noBannedTypes: that is how the client itself says none.
type RedisConnection = RedisClientType<{}, {}, {}, 3, {}>;

function newConnection(url: string, reconnectStrategy: (attempts: number) => number | false): RedisConnection {
  const socket = { connectTimeout: CONNECT_TIMEOUT_MS, reconnectStrategy };
  return createClient({ url, disableOfflineQueue: true, socket });
}

/** Two connections, because one that waits for pushes can do nothing else. */
export interface RedisConnections {
  readonly commands: RedisConnection;
  readonly listener: RedisConnection;
  close(): void;
}

/**
 * Connects to Redis; a connection that is lost later is made again by itself, and what is asked meanwhile fails.
 * @throws StoreError `unavailable`
 */
export async function connectRedis(address: string, log: (line: string) => void): Promise<RedisConnections> {
  let ready = false;
  const reconnect = (attempts: number): number | false => (ready ? Math.min(attempts * 100, 2000) : false);
  const commands = newConnection(address, reconnect);
  const listener = newConnection(address, reconnect);
  for (const client of [commands, listener]) {
    client.on("error", (error: Error) => ready && log(`redis: ${error.message || error}`));
  }
  const close = (): void => {
    for (const client of [commands, listener]) if (client.isOpen) client.destroy();
  };
  try {
    await Promise.all([commands.connect(), listener.connect()]);
  } catch (error) {
    close();
    const { host } = new URL(address);
    throw new StoreError("unavailable", `cannot use Redis at ${host}: ${(error as Error).message}`, { cause: error });
  }
  ready = true;
  return { commands, listener, close };
}

/** The name that a Redis gives itself at each start. @throws when it does not say it */
export async function redisRun({ commands }: Pick<RedisConnections, "commands">): Promise<string> {
  const run = /^run_id:(\w+)/m.exec(await commands.info("server"))?.[1];
  if (run === undefined) throw new Error("Redis does not say its run_id");
  return run;
}

/** @throws when Redis does not answer in time */
export async function inTime<Result>(answer: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis has not answered for ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
