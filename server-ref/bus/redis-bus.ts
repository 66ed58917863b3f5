import type { Bus, BusPush } from "./bus.ts";
import type { RedisConnections } from "./redis-connections.ts";
import { RedisPresence } from "./redis-presence.ts";
import { RedisPushes } from "./redis-pushes.ts";

/** Ties gates together by Redis. Pushes go to all gates, each of which knows its own users. */
export async function createRedisBus(redis: RedisConnections, log: (line: string) => void): Promise<Bus> {
  const listeners: ((push: BusPush) => void)[] = [];
  const presence = await RedisPresence.open(redis, log);
  const pushes = await RedisPushes.open(redis, log, (push) => {
    for (const listener of listeners) listener(push);
  });
  return {
    publish: (push) => pushes.publish(push),
    onPush: (listener) => void listeners.push(listener),
    setOnline: (userId, online) => presence.set(userId, online),
    isOnline: (userId) => presence.isOnline(userId),
    async close() {
      await pushes.close();
      await presence.close();
    },
  };
}
