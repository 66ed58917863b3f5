import { randomUUID } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import type { Bus, BusPush } from "./bus.ts";
import type { RedisConnections } from "./redis-connections.ts";

const CHANNEL = "cupping:push";

/** How long a gate counts as alive after its last sign of life, and how often it gives one, in milliseconds. */
const GATE_EXPIRES_MS = 10_000;
const GATE_RENEWS_MS = 3000;

const gateKey = (gate: string): string => `cupping:gate:${gate}`;
const userKey = (userId: bigint): string => `cupping:online:${userId}`;

/**
 * Ties gates together by Redis. Pushes are published to all gates, each of which knows its own users. A user is online
 * while one of the gates in the user's set is alive, so that a gate that was killed leaves nobody online for long.
 */
export async function createRedisBus(redis: RedisConnections, log: (line: string) => void): Promise<Bus> {
  const { commands, subscriber } = redis;
  const self = randomUUID();
  const listeners: ((push: BusPush) => void)[] = [];

  const renew = async (): Promise<void> => {
    await commands.set(gateKey(self), "alive", { PX: GATE_EXPIRES_MS });
  };
  await renew();
  const renewing = setInterval(() => {
    renew().catch((error: Error) => log(`redis: ${error.message}`));
  }, GATE_RENEWS_MS);

  await subscriber.subscribe(
    CHANNEL,
    (bytes: Buffer) => {
      const { from, push } = deserialize(bytes) as { from: string; push: BusPush };
      if (from !== self) for (const listener of listeners) listener(push);
    },
    true,
  );

  return {
    publish({ users, command_id, body }) {
      // A copy: the body may be a view of a buffer that holds much more.
      const push: BusPush = { users: [...users], command_id, body: Uint8Array.from(body) };
      commands
        .publish(CHANNEL, serialize({ from: self, push }))
        .catch((error: Error) => log(`a push did not reach the other gates: ${error.message}`));
    },
    onPush: (listener) => void listeners.push(listener),
    async setOnline(userId, online) {
      if (online) await commands.sAdd(userKey(userId), self);
      else await commands.sRem(userKey(userId), self);
    },
    async isOnline(userId) {
      const gates = await commands.sMembers(userKey(userId));
      if (gates.length === 0) return false;
      return (await commands.exists(gates.map(gateKey))) > 0;
    },
    async close() {
      clearInterval(renewing);
      await commands.del(gateKey(self));
    },
  };
}
