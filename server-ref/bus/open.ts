import type { CallTable } from "../logic/calls.ts";
import type { Bus } from "./bus.ts";
import { createLocalCalls } from "./local-calls.ts";
import { createRedisBus } from "./redis-bus.ts";
import { createRedisCalls } from "./redis-calls.ts";
import { connectRedis } from "./redis-connections.ts";

/** What the gates of one service share besides the store. */
export interface Shared {
  /** Undefined: this gate is the only one. */
  bus: Bus | undefined;
  calls: CallTable;
  close(): Promise<void>;
}

/**
 * Joins the other gates at a `redis://…` address, or stays alone without one.
 * @throws StoreError `unavailable`
 */
export async function openShared(address: string | undefined, log: (line: string) => void): Promise<Shared> {
  if (address === undefined) return { bus: undefined, calls: createLocalCalls(), close: async () => {} };
  const redis = await connectRedis(address, log);
  const bus = await createRedisBus(redis, log);
  return {
    bus,
    calls: createRedisCalls(redis),
    async close() {
      await bus.close();
      redis.close();
    },
  };
}
