import { randomUUID } from "node:crypto";
import type { Bus, BusPush } from "./bus.ts";
import type { RedisConnections } from "./redis-connections.ts";
import { RedisPresence } from "./redis-presence.ts";
import { RedisPushes } from "./redis-pushes.ts";

/** Ties gates together by Redis. */
export async function createRedisBus(redis: RedisConnections, log: (line: string) => void): Promise<Bus> {
  const gate = randomUUID();
  const listeners: ((push: BusPush) => void)[] = [];
  const deliver = (push: BusPush): void => {
    for (const listener of listeners) listener(push);
  };
  const presence = await RedisPresence.open(redis, gate, log);
  const pushes = await RedisPushes.open(redis, gate, { log, deliver });
  return {
    publish: (push) => pushes.publish(push),
    onPush: (listener) => void listeners.push(listener),
    announce: (userId) => presence.announce(userId),
    withdraw: (userId) => presence.withdraw(userId),
    isOnline: (userId) => presence.isOnline(userId),
    async close() {
      await pushes.close();
      await presence.close();
    },
  };
}
