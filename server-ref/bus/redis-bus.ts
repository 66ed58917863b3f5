import { randomUUID } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import type { Bus, BusPush } from "./bus.ts";
import type { RedisConnections } from "./redis-connections.ts";
import { RedisPresence } from "./redis-presence.ts";

/** Ties gates together by Redis. Pushes are published to all gates, each of which knows its own users. */
export async function createRedisBus(redis: RedisConnections, log: (line: string) => void): Promise<Bus> {
  const { commands, subscriber, database } = redis;
  const channel = `cupping:push:${database}`;
  const self = randomUUID();
  const listeners: ((push: BusPush) => void)[] = [];
  const presence = await RedisPresence.open(redis, log);

  await subscriber.subscribe(
    channel,
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
        .publish(channel, serialize({ from: self, push }))
        .catch((error: Error) => log(`a push did not reach the other gates: ${error.message}`));
    },
    onPush: (listener) => void listeners.push(listener),
    setOnline: (userId, online) => presence.set(userId, online),
    isOnline: (userId) => presence.isOnline(userId),
    close: () => presence.close(),
  };
}
