import type { Call, CallTable } from "../logic/calls.ts";
import { inTime, type RedisConnections } from "./redis-connections.ts";

/** A call is forgotten so long after its time was up, when no gate was left to end it. Milliseconds. */
const FORGOTTEN_AFTER_MS = 60_000;

/** Channel names by when their time is up, in milliseconds of Redis's clock: the only one that all gates share. */
const DUE = "cupping:calls:due";

const callKey = (channelName: string): string => `cupping:call:${channelName}`;
const userKey = (userId: bigint): string => `cupping:calling:${userId}`;

const NOW = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** KEYS: call, caller, called, due. ARGV: channel, call, time left, time to keep. */
const BEGIN = `
  if redis.call('EXISTS', KEYS[2]) == 1 then return 'caller' end
  if redis.call('EXISTS', KEYS[3]) == 1 then return 'called' end
  ${NOW}
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[4])
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[4])
  redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[4])
  redis.call('ZADD', KEYS[4], now + ARGV[3], ARGV[1])
  return 'begun'`;

/** KEYS: as above. ARGV: channel, call as it becomes, time left, time to keep, call as it was read. 1: nobody was faster. */
const REPLACE = `
  if redis.call('GET', KEYS[1]) ~= ARGV[5] then return 0 end
  ${NOW}
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[4])
  redis.call('PEXPIRE', KEYS[2], ARGV[4])
  redis.call('PEXPIRE', KEYS[3], ARGV[4])
  redis.call('ZADD', KEYS[4], now + ARGV[3], ARGV[1])
  return 1`;

/** KEYS: as above. ARGV: channel. The call, or nil. */
const END = `
  local call = redis.call('GET', KEYS[1])
  if call then redis.call('DEL', KEYS[1], KEYS[2], KEYS[3]) end
  redis.call('ZREM', KEYS[4], ARGV[1])
  return call`;

/** KEYS: due. ARGV: most. Channel names whose time is up. */
const OVERDUE = `
  ${NOW}
  return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])`;

/** KEYS: as above. ARGV: channel. The call when its time is still up and nobody was faster, or nil. */
const END_OVERDUE = `
  ${NOW}
  local due = redis.call('ZSCORE', KEYS[4], ARGV[1])
  if not due or tonumber(due) > now then return nil end
  ${END}`;

/** Calls that are ended in one go; more wait for the next. */
const MOST_OVERDUE = 100;

function write(call: Call): string {
  return JSON.stringify(call, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}

function read(text: string): Call {
  const call = JSON.parse(text) as Call & { creator_id: string; called_id: string };
  return { ...call, creator_id: BigInt(call.creator_id), called_id: BigInt(call.called_id) };
}

function keysOf({ channel_name, creator_id, called_id }: Call): string[] {
  return [callKey(channel_name), userKey(creator_id), userKey(called_id), DUE];
}

/** The calls of all gates that share a Redis. */
export function createRedisCalls({ commands }: RedisConnections): CallTable {
  const find = async (channelName: string): Promise<Call | undefined> => {
    const text = await commands.get(callKey(channelName));
    return text === null ? undefined : read(text);
  };

  const endBy = async (script: string, channelName: string): Promise<Call | undefined> => {
    const call = await find(channelName);
    // One that is forgotten is due no more.
    if (!call) await commands.zRem(DUE, channelName);
    const text = call && (await commands.eval(script, { keys: keysOf(call), arguments: [channelName] }));
    return typeof text === "string" ? read(text) : undefined;
  };

  let taking: Promise<Call[]> | undefined;

  const calls: CallTable = {
    async begin(call, timeLeftMs) {
      const times = [timeLeftMs, timeLeftMs + FORGOTTEN_AFTER_MS].map(String);
      const values = [call.channel_name, write(call), ...times];
      const outcome = await commands.eval(BEGIN, { keys: keysOf(call), arguments: values });
      return outcome === "begun" ? { begun: true } : { begun: false, busy: outcome as "caller" | "called" };
    },
    async ofUser(userId) {
      const channelName = await commands.get(userKey(userId));
      return channelName === null ? undefined : find(channelName);
    },
    async change(channelName, from, to, timeLeftMs) {
      const times = [timeLeftMs, timeLeftMs + FORGOTTEN_AFTER_MS].map(String);
      for (;;) {
        const call = await find(channelName);
        if (!call || !from.includes(call.state)) return undefined;
        const changed: Call = { ...call, state: to };
        const values = [channelName, write(changed), ...times, write(call)];
        if ((await commands.eval(REPLACE, { keys: keysOf(call), arguments: values })) === 1) return changed;
      }
    },
    end: (channelName) => endBy(END, channelName),
    async takeOverdue() {
      const overdue = await commands.eval(OVERDUE, { keys: [DUE], arguments: [String(MOST_OVERDUE)] });
      const ended = await Promise.all((overdue as string[]).map((channelName) => endBy(END_OVERDUE, channelName)));
      return ended.filter((call) => call !== undefined);
    },
  };
  return {
    begin: (call, timeLeftMs) => inTime(calls.begin(call, timeLeftMs)),
    ofUser: (userId) => inTime(calls.ofUser(userId)),
    change: (channelName, from, to, timeLeftMs) => inTime(calls.change(channelName, from, to, timeLeftMs)),
    end: (channelName) => inTime(calls.end(channelName)),
    async takeOverdue() {
      // What comes too late must not get lost: it is for whoever asks next.
      taking ??= calls.takeOverdue().catch((error: Error) => {
        taking = undefined;
        throw error;
      });
      const overdue = await inTime(taking);
      taking = undefined;
      return overdue;
    },
  };
}
